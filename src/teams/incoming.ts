import type { Conversation, Technician } from '../reset/identity.ts';

/** What an activity says, and nothing else of it. */
export type Incoming =
  | (Said & {
      readonly kind: 'message';
      readonly text: string;
      /** The exact texts in `text` that mention the bot; mentions of other people are not among them. */
      readonly botMentions: readonly string[];
    })
  | (Said & {
      readonly kind: 'press';
      /** Empty where the client sent none. */
      readonly verb: string;
      readonly data: Readonly<Record<string, string>>;
      /** `automatic`: a client refreshed the card by itself; nobody pressed anything. */
      readonly trigger: 'manual' | 'automatic';
      /** The message that holds the card. */
      readonly replyToId: string | undefined;
    })
  | (Said & {
      /** A button of a client that knows no `Action.Execute`: a message with a value and without text. */
      readonly kind: 'submit';
      readonly data: Readonly<Record<string, string>>;
      readonly replyToId: string | undefined;
    })
  | (Said & { readonly kind: 'installed' })
  | { readonly kind: 'ignored'; readonly why: string }
  | { readonly kind: 'malformed'; readonly why: string };

/** Who said it, where, and the activity's own id, which is the same when it is delivered again. */
export type Said = {
  readonly technician: Technician;
  readonly conversation: Conversation;
  readonly activityId: string;
};

import { readProperty, readTextProperty, teamsTunables } from '../../base/index.ts';
import { type ActivitySource, readActivitySource } from './activity-source.ts';
import { readActionData } from './card-actions.ts';

/** The parts of an activity that are used. Nothing else of it is read. */
export type IncomingActivity =
  | (ActivitySource & {
      readonly kind: 'message';
      readonly text: string;
      /** The names by which `text` mentions the bot; mentions of other people are not among them. */
      readonly botMentions: readonly string[];
      /** When it was edited, as Teams says it. Undefined for a message that was sent. */
      readonly editedAt: string | undefined;
    })
  | (ActivitySource & {
      readonly kind: 'press';
      /** Empty where the client sent none. */
      readonly verb: string;
      /** What the button carries and what was typed or chosen on the card. Untrusted. */
      readonly inputs: Readonly<Record<string, string>>;
      /** `automatic`: a client refreshed the card by itself. */
      readonly trigger: 'manual' | 'automatic';
      /** The message that holds the card. */
      readonly replyToId: string | undefined;
    })
  | (ActivitySource & {
      /** A button of a client that knows no `Action.Execute`: a message with a value and without text. */
      readonly kind: 'submit';
      readonly inputs: Readonly<Record<string, string>>;
      readonly replyToId: string | undefined;
    })
  | (ActivitySource & { readonly kind: 'installed' })
  | { readonly kind: 'ignored'; readonly why: string }
  | { readonly kind: 'malformed'; readonly why: string };

const ignoredTypes: Readonly<Record<string, string>> = {
  // Teams reports an installation twice. Only `installationUpdate` also comes when the app is installed again.
  conversationUpdate: 'members or names changed',
  messageDelete: 'a message was deleted',
  messageReaction: 'a reaction',
  typing: 'somebody types',
  endOfConversation: 'the conversation ended',
  event: 'an event',
  invokeResponse: 'an answer to an invoke',
};

/**
 * Reads an untrusted activity. It never throws; an activity that does not fit is `malformed` or `ignored`, with the
 * reason. In the sandbox also the channels and ids of the Playground are read. See
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages.
 */
export function readActivity(activity: unknown, options: { readonly sandbox: boolean }): IncomingActivity {
  if (typeof activity !== 'object' || activity === null) return malformedActivity('not an object');
  const type = readTextProperty(activity, 'type', 64);
  if (type === undefined) return malformedActivity('type');
  if (!isOurChannel(readProperty(activity, 'channelId'), options.sandbox)) return malformedActivity('channel');
  const ignored = Object.hasOwn(ignoredTypes, type) ? ignoredTypes[type] : undefined;
  if (ignored !== undefined) return { kind: 'ignored', why: ignored };
  switch (type) {
    case 'message':
      return withSource(activity, options, (source) => readMessage(activity, source));
    case 'messageUpdate':
      if (readProperty(readProperty(activity, 'channelData'), 'eventType') !== 'editMessage')
        return { kind: 'ignored', why: 'a message was changed, and not by an edit' };
      return withSource(activity, options, (source) => readEdit(activity, source));
    case 'invoke':
      return readInvoke(activity, options);
    case 'installationUpdate':
      if (readProperty(activity, 'action') !== 'add') return { kind: 'ignored', why: 'removed or upgraded' };
      return withSource(activity, options, (source) => ({ kind: 'installed', ...source }));
    default:
      return { kind: 'ignored', why: 'an unknown type' };
  }
}

function readMessage(activity: object, source: ActivitySource): IncomingActivity {
  const text = readProperty(activity, 'text') ?? '';
  if (typeof text !== 'string') return malformedActivity('text');
  const value = readProperty(activity, 'value');
  if (text.trim() === '' && typeof value === 'object' && value !== null) {
    return { kind: 'submit', ...source, inputs: readActionData(value), replyToId: readReplyTo(activity) };
  }
  const botMentions = readBotMentions(activity, source.conversation.botId);
  return { kind: 'message', ...source, text, botMentions, editedAt: undefined };
}

/** The text that an edit left. An edit to a card or to nothing is none. */
function readEdit(activity: object, source: ActivitySource): IncomingActivity {
  const message = readMessage(activity, source);
  const editedAt = readTextProperty(activity, 'timestamp', 64) ?? '';
  if (message.kind !== 'message' || message.text.trim() === '') return { kind: 'ignored', why: 'an edit without text' };
  return { ...message, editedAt };
}

function readInvoke(activity: object, options: { readonly sandbox: boolean }): IncomingActivity {
  const name = readTextProperty(activity, 'name', 64) ?? '';
  if (name !== 'adaptiveCard/action') {
    return {
      kind: 'ignored',
      why: /^[\w/.-]+$/.test(name) ? `an invoke called ${name}` : 'an invoke of no known name',
    };
  }
  const value = readProperty(activity, 'value');
  const action = readProperty(value, 'action');
  if (typeof action !== 'object' || action === null) return malformedActivity('value of the invoke');
  if (readProperty(action, 'type') !== 'Action.Execute') return malformedActivity('type of the action');
  const trigger = readProperty(value, 'trigger') ?? 'manual';
  return withSource(activity, options, (source) => ({
    kind: 'press',
    ...source,
    verb: readTextProperty(action, 'verb', 100) ?? '',
    inputs: readActionData(readProperty(action, 'data')),
    trigger: trigger === 'manual' ? 'manual' : 'automatic',
    replyToId: readReplyTo(activity),
  }));
}

function readBotMentions(activity: object, botId: string): readonly string[] {
  const entities = readProperty(activity, 'entities');
  if (!Array.isArray(entities)) return [];
  return entities.slice(0, teamsTunables.maxEntities).flatMap((entity: unknown) => {
    if (readProperty(entity, 'type') !== 'mention' || readProperty(readProperty(entity, 'mentioned'), 'id') !== botId)
      return [];
    const names = [
      readTextProperty(entity, 'text', 512),
      // An app that was renamed is mentioned by its new name, and Teams sends no text with it.
      readTextProperty(readProperty(entity, 'mentioned'), 'name', 512) ??
        readTextProperty(readProperty(activity, 'recipient'), 'name', 512),
    ];
    return names.filter((name) => name !== undefined);
  });
}

/** The id of the message that holds the card. It becomes part of a URL, so it must have the form of an id. */
function readReplyTo(activity: object): string | undefined {
  const id = readTextProperty(activity, 'replyToId', 512);
  return id !== undefined && /^(?!\.+$)[\w:|=@;.-]+$/.test(id) ? id : undefined;
}

function isOurChannel(channelId: unknown, sandbox: boolean): boolean {
  return channelId === 'msteams' || (sandbox && (channelId === 'emulator' || channelId === 'webchat'));
}

function withSource(
  activity: object,
  options: { readonly sandbox: boolean },
  build: (source: ActivitySource) => IncomingActivity,
): IncomingActivity {
  const read = readActivitySource(activity, options);
  return read.kind === 'read' ? build(read.source) : read;
}

function malformedActivity(why: string): IncomingActivity {
  return { kind: 'malformed', why };
}

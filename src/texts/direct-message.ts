import { type Conversation, type ResetRequest, wasGivenUp } from '../reset/index.ts';
import { formatReference } from './formatting.ts';

/** The direct message to the requester. */
export const directMessageTexts = {
  placeholder: {
    heading: 'A reset is on its way',
    says: 'The temporary password will appear here, in this message, in a moment.',
  },
  reveal: {
    heading: 'Password ready',
    says: 'Show it when the person is on the line. Only you can see it; once they have it, say that you have passed it on.',
  },
  password: {
    heading: 'Password ready',
    says: 'They choose a new one when they sign in.',
    next: 'Once they have it, press “I have passed it on”: the password is hidden here at once.',
  },
  writtenBack:
    'The password works on the machines of their domain too. They choose a new one when they sign in, unless their local account is set never to expire.',
  unclear: {
    heading: 'This password may be in force',
    says: 'It is not certain that the reset took effect. Have the person try this password.',
    next: 'If it does not work, ask for a reset again.',
  },
  sealBroken: {
    heading: 'There is no password to show',
    says: 'A password may have been set that Locksmith cannot read any more.',
    next: 'Ask for a reset again: the new password replaces any other.',
  },
  hidden: {
    heading: 'Password hidden',
    says: 'It can no longer be seen here. The person chooses a new one when they sign in.',
    next: 'If it did not reach the person, ask for a reset again.',
  },
  replaced: (at: string) => ({
    heading: 'Replaced by a newer reset',
    says: `This password stopped working ${at}: a newer reset set another one.`,
    next: 'The one who asked for the newer reset, you or a colleague, has the password that works now.',
  }),
  givenUp: {
    heading: 'The password could not be delivered',
    says: 'It is erased and cannot be read any more.',
    next: 'If the person still needs one, ask for a reset again.',
  },
  nothing: {
    heading: 'Nothing will appear here',
    says: 'This message came second: it belongs to a reset that goes on in another one, or came to nothing.',
  },
  refused: {
    heading: 'Not reset: nothing was changed',
    says: 'The reset was refused.',
  },
  shownUntil: 'Shown until',
  shownFor: (minutes: number) => `Shown here for ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
  shownForOnceOpened: (minutes: number) =>
    `Once opened, it can be shown for ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
  from: {
    personal: 'You asked for this here, in your chat with Locksmith.',
    'group-chat': 'You asked for this in a group chat.',
    channel: 'You asked for this in a channel.',
  } satisfies Record<Conversation['kind'], string>,
} as const;

/** Says in the chat where it was asked that a password could not be delivered. Plain text. */
export function formatUndelivered(request: ResetRequest): string {
  const reference = formatReference(request);
  if (wasGivenUp(request)) return undeliveredTexts.erased(reference);
  return request.attention === undefined ? undeliveredTexts.waits(reference) : undeliveredTexts.unclearWaits(reference);
}

const undeliveredTexts = {
  erased: (reference: string) =>
    `The password that was set for this reset was not delivered, and is erased. See that Locksmith may write to you in Teams, then ask for a reset again. (Reference: ${reference})`,
  waits: (reference: string) =>
    `The password was set, but I cannot bring it to you in a direct message yet, and it must not go anywhere else. Add or unblock Locksmith in Teams, then write to me there: it comes at once. (Reference: ${reference})`,
  unclearWaits: (reference: string) =>
    `A password was made that may be in force, but I cannot bring it to you in a direct message yet, and it must not go anywhere else. Add or unblock Locksmith in Teams, then write to me there: it comes at once. (Reference: ${reference})`,
} as const;

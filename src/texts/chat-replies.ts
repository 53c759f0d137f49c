import { readProperty } from '../base/index.ts';
import type { Conversation } from '../reset/index.ts';
import { formatCount, sanitizePlainText } from './formatting.ts';

/** The sentence that shows how to ask. */
export const exampleSentence = 'reset password for Jane Doe at Contoso';

/** What the bot says in plain text to what was typed. */
export const chatReplies = {
  thanks: 'You’re welcome.',
  notUnderstood: `I did not understand that, and changed nothing. Type help, or say it like this: ${exampleSentence}.`,
  confirmElsewhere:
    'I take a confirmation by words in our own chat only. Nothing was changed: press the button on the card.',
  nothingToConfirm: `Nothing of yours waits to be confirmed in this chat, and nothing was changed. Say it like this: ${exampleSentence}.`,
  confirmNotUnderstood: (methods: readonly string[]) =>
    `I did not understand all of that, so I confirmed nothing. Type confirm with one of these and the ticket, if there is one: ${formatMethodsInWords(methods)}.`,
  confirmed: (person: string) => `Confirmed for ${sanitizePlainText(person)}. The card shows how it goes.`,
  confirmedWithoutTicket: (person: string, ticket: string) =>
    `Confirmed for ${sanitizePlainText(person)}, though the ticket system has no ticket ${sanitizePlainText(ticket)}. The card shows how it goes.`,
  confirmedInDoubt: (person: string) =>
    `Nothing was reset yet: something about ${sanitizePlainText(person)} came up, and the card shows it. Type confirm again, or press its button, if it is right all the same.`,
  confirmedBefore: (person: string) =>
    `The reset for ${sanitizePlainText(person)} did not wait to be confirmed any more. Its card shows how it stands.`,
  nothingToHide:
    'No password of yours is shown in our own chat, and nothing was changed. Type status to see what is open.',
  editedCommand: 'An edited message changes nothing. Type it as a new one.',
  tooLong: `That is longer than any request I understand, so I changed nothing. One sentence is enough: ${exampleSentence}.`,
  historyElsewhere: 'The history names people, so I show it in our own chat only. Type history there.',
} as const;

/** What is answered to a number that chooses nothing, since the latest question here has no list, or none is open. Plain text. */
export function formatNoList({
  older,
  asksForName,
}: {
  readonly older: boolean;
  readonly asksForName: boolean;
}): string {
  if (!older) return noListTexts.none;
  return asksForName ? noListTexts.askedSince : noListTexts.onCard;
}

const noListTexts = {
  none: 'No list is open here any more, so that number chooses nothing. Type the name or the address.',
  askedSince:
    'That number chooses nothing: the latest question here is another one, which asks for a name or an address. To choose from the earlier list, press Choose on its card.',
  onCard:
    'That number chooses nothing: I take one only as your very next message after the list, within ten minutes. The list is still open: press Choose on its card.',
} as const;

/** The policy's ways to verify a caller, as they may be typed. Plain text. */
export function formatMethodsInWords(methods: readonly string[]): string {
  return methods.map((method) => `“${sanitizePlainText(method).toLowerCase()}”`).join(', ');
}

/** A question in words. Where others read along the bot hears only what mentions it, and so the answer has to. Plain text. */
export function askInChat(question: string, { kind }: Pick<Conversation, 'kind'>): string {
  if (kind === 'personal') return question;
  return `${question}${question.includes('\n') ? '\n' : ' '}${mentionTexts.inAnswer}`;
}

const mentionTexts = { inAnswer: 'Begin your answer with @Locksmith: I hear nothing else in this chat.' } as const;

/** Why a sentence that speaks of a reset is none. */
type NotAReset = 'negated' | 'question' | 'several-users' | 'other-factor' | 'unlock' | 'own-password' | 'missing-user';

/** What is answered to a sentence that speaks of a reset and is none. */
export const notAResetTexts = {
  negated: `I read that as a request not to reset anything, so I changed nothing. If you do want a reset, say: ${exampleSentence}.`,
  question: `I read that as a question, so I changed nothing. If you want a reset, say: ${exampleSentence}.`,
  'several-users': 'I reset one person at a time, so that each one is looked at. Ask for them one after the other.',
  'other-factor':
    'I reset the passwords of accounts, and nothing else: not the second factor, not a device, a file or another service. Changing those is for the customer’s administrators.',
  unlock: `I reset passwords and lift no locks: a lockout after wrong passwords ends by itself, and a blocked sign-in is lifted in the customer’s Microsoft 365 admin center. If they need a new password, say: ${exampleSentence}.`,
  'own-password':
    'I reset the passwords of customers’ users, and not the password of the person who writes to me. Ask your own administrator for that.',
  'missing-user': `Whose password? Say it like this: ${exampleSentence}.`,
} as const satisfies Record<NotAReset, string>;

/** Says that a search goes on, and how far it is where that is known. Plain text. */
export function formatSearchProgress(read: number | undefined, total: number | undefined): string {
  if (read === undefined) return searchTexts.looking;
  return total === undefined
    ? searchTexts.read(formatCount(read))
    : searchTexts.readOf(formatCount(read), formatCount(total));
}

const searchTexts = {
  looking: 'I am still looking, and will answer here when I am done.',
  read: (count: string) =>
    `I am still looking, and will answer here when I am done. So far I have read ${count} people of this customer.`,
  readOf: (count: string, total: string) =>
    `I am still looking, and will answer here when I am done. So far I have read ${count} of ${total} people of this customer.`,
} as const;

/** What the store says where it is certain that nothing was written, and so nothing done. */
const nothingWritten: ReadonlySet<unknown> = new Set(['full', 'read-only', 'locked', 'clocks-disagree']);

/**
 * Answers a turn that failed: a sentence with a reference to the log, and nothing of the error. Only where it is certain
 * that nothing was written does it say that nothing was done.
 */
export function formatTurnFailure(error: unknown, reference: string): string {
  if (readProperty(error, 'name') !== 'StoreError') return turnFailureTexts.unknown(reference);
  if (readProperty(error, 'code') === 'row-altered') return turnFailureTexts.rowAltered(reference);
  return nothingWritten.has(readProperty(error, 'code'))
    ? turnFailureTexts.nothingWritten(reference)
    : turnFailureTexts.storeLost(reference);
}

const turnFailureTexts = {
  unknown: (reference: string) =>
    `Something went wrong on my side. Type status to see how your requests stand before you try again; if it happens again, tell your Locksmith administrator the reference ${reference}.`,
  nothingWritten: (reference: string) =>
    `I cannot write down what I do at the moment, and what I cannot write down I do not do: no password was changed by this. Try again in a few minutes; if it happens again, tell your Locksmith administrator the reference ${reference}.`,
  rowAltered: (reference: string) =>
    `Somebody other than me changed what I had written down about this, so no password is reset or shown. Tell your Locksmith administrator the reference ${reference}.`,
  storeLost: (reference: string) =>
    `I lost touch with where I write down what I do. Look at the card, or type status, before you try again; if it happens again, tell your Locksmith administrator the reference ${reference}.`,
} as const;

/** What the gate says to a person whom it turns away. */
export const admissionTexts = {
  tooMuch: 'That was a lot at once. Wait a minute, then try again.',
  outsider: 'I only work for members of this organisation. Guests cannot use me.',
  anotherTenant:
    'I know your account’s id from another organisation, so I do nothing for you. Tell your Locksmith administrator.',
  storeSilent: 'I cannot look into my own records right now, so I did nothing. Try again in a minute.',
  rosterSilent: 'Teams does not tell me right now who you are, so I cannot do anything for you. Try again in a minute.',
} as const;

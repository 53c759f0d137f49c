import { readProperty } from '../base/index.ts';
import type { Rights } from '../reset/index.ts';
import { sanitizePlainText } from './formatting.ts';

/** The sentence that shows how to ask. */
export const exampleSentence = 'reset password for Jane Doe at Contoso';

/** What the bot says in plain text, save the answers to a finding, a refusal or a press without proof. */
export const chatReplies = {
  greeting: (name: string) =>
    `Hi ${sanitizePlainText(name)}, I reset passwords for your customers’ users. Say it like this: ${exampleSentence}. Type help for more.`,
  welcome: [
    'Hi, I am Locksmith. I reset passwords for your customers’ users.',
    `Say it like this: ${exampleSentence}.`,
    'I show you who that is before anything happens, and send the temporary password to you alone.',
    'Type help to see what else I understand.',
  ].join('\n'),
  notUnderstood: `I did not understand that, and changed nothing. Say it like this: ${exampleSentence}. Type help for more.`,
  nothingTyped: `There is no text in that message. Say it like this: ${exampleSentence}.`,
  tooLong: `That is longer than any request I understand, so I changed nothing. One sentence is enough: ${exampleSentence}.`,
  nothingChosen: 'Choose one first, or press Cancel. Nothing was changed.',
  beingHidden: 'Thank you. I am hiding the password; Teams is slow to take it.',
  passwordElsewhere: (reference: string) =>
    `I cannot open that password at this moment; it is kept. Press Show password again in a minute. If it stays like this, give this reference to whoever looks after Locksmith: ${sanitizePlainText(reference)}`,
  passwordUnreadable: (reference: string) =>
    `I cannot read that password any more. Ask for the reset again: the new password replaces it. (Reference: ${sanitizePlainText(reference)})`,
  notYours: 'Only the person who asked for this can press its buttons. Nothing was changed.',
  historyElsewhere: 'The history names people, so I show it in our own chat only. Type history there.',
  oldClient:
    'This version of Teams cannot press that button. Update Teams, or use it in a browser. Nothing was changed.',
  unknownCard: 'I do not know this card any more, and changed nothing. Ask again if the reset is still needed.',
  nothingToDo: 'There is nothing to do here.',
  tooManyRequests: 'That was a lot at once. Wait a minute, then try again.',
  membersOnly: 'I only work for members of this organisation. Guests cannot use me.',
  rosterSilent: 'Teams does not tell me right now who you are, so I cannot do anything for you. Try again in a minute.',
  unknownButton: 'I do not know that button, and changed nothing. Ask again to get a new card.',
  undelivered: (reference: string, isCertain: boolean) =>
    `${isCertain ? 'The password was set' : 'A password was made that may be in force'}, but I cannot bring it to you in a direct message yet, and it must not go anywhere else. Add or unblock Locksmith in Teams, then write to me there: it comes at once. (Reference: ${sanitizePlainText(reference)})`,
  erased: (reference: string) =>
    `I could not bring you the password that was set for this reset, and have erased it: nobody has it now. Ask for the reset again once Locksmith may write to you in Teams. (Reference: ${sanitizePlainText(reference)})`,
  failed: (reference: string) =>
    `Something went wrong on my side. Look at the card of the request before you ask again; if it tells you nothing, give this reference to whoever looks after Locksmith: ${sanitizePlainText(reference)}`,
} as const;

/** What a person may type, and nothing that they may not do. Plain text. */
export function formatHelp({ mayReset, mayApprove, mayAudit }: Rights): string {
  const forTechnicians = [
    `• ${exampleSentence}`,
    '• reset password for jane.doe@contoso.com',
    '• status: what of yours is not over yet, and what to do about it',
    '• cancel, or cancel with the reference of a request',
    '• freeze Contoso, or freeze everything: from then on nothing is reset there, and what is open is refused',
  ];
  const history = mayAudit
    ? ['• history: the latest that everybody asked for', '• history of Contoso, or of Jane Doe']
    : ['• history: the latest that you asked for', '• history of Contoso: of that, what was for one customer'];
  const closing = mayReset
    ? [
        'A customer is a name, a domain or a tenant id; a user is a name, an address or an id. One person at a time.',
        'In a channel or a group chat, mention me first. The temporary password always comes to you alone.',
      ]
    : ['You may not reset passwords here. If you should, ask whoever looks after Locksmith to add you to its policy.'];
  const forApprovers = [
    '• thaw Contoso, or thaw everything: ends a freeze',
    '• Approve or Decline, on the card of a reset that needs a second person',
  ];
  return [
    'This is what I understand:',
    ...(mayReset ? forTechnicians : []),
    ...(mayApprove ? forApprovers : []),
    ...(mayReset || mayAudit ? history : []),
    '• hi',
    '• help',
    ...closing,
  ].join('\n');
}

/** Why a sentence that speaks of a reset is none. */
type NotAReset = 'negated' | 'question' | 'several-users' | 'other-factor' | 'missing-user';

/** What is answered to a sentence that speaks of a reset and is none. */
export const notAResetTexts = {
  negated: `I read that as a request not to reset anything, so I changed nothing. If you do want a reset, say: ${exampleSentence}.`,
  question: `I read that as a question, so I changed nothing. If you want a reset, say: ${exampleSentence}.`,
  'several-users': 'I reset one person at a time, so that each one is looked at. Ask for them one after the other.',
  'other-factor':
    'I reset passwords, and nothing else: not the second factor, not an authenticator, not a phone number. Changing those is for the customer’s administrators.',
  'missing-user': `Whose password? Say it like this: ${exampleSentence}.`,
} as const satisfies Record<NotAReset, string>;

/** Says that a search goes on, and how far it is where that is known. Plain text. */
export function formatSearchProgress(read: number | undefined, total: number | undefined): string {
  const done = 'I am still looking, and will answer here when I am done.';
  if (read === undefined) return done;
  const count = read.toLocaleString('en-GB');
  return total === undefined
    ? `${done} So far I have read ${count} people of this customer.`
    : `${done} So far I have read ${count} of ${total.toLocaleString('en-GB')} people of this customer.`;
}

/** What the store says where it is certain that nothing was written, and so nothing done. */
const nothingWritten: ReadonlySet<unknown> = new Set(['full', 'read-only', 'locked']);

/**
 * What somebody is told when their turn failed: a sentence with a reference to the log, and nothing of the error. Only
 * where it is certain that nothing was written does it say that nothing was done.
 */
export function formatTurnFailure(error: unknown, reference: string): string {
  if (readProperty(error, 'name') !== 'StoreError') {
    return `Something went wrong on my side. Type status to see how your requests stand before you try again; if it happens again, tell an administrator the reference ${reference}.`;
  }
  if (nothingWritten.has(readProperty(error, 'code'))) {
    return `I cannot write down what I do at the moment, and what I cannot write down I do not do: no password was changed by this. Try again in a few minutes; if it happens again, tell an administrator the reference ${reference}.`;
  }
  return `I lost touch with where I write down what I do. Look at the card, or type status, before you try again; if it happens again, tell an administrator the reference ${reference}.`;
}

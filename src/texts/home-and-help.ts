import type { Rights } from '../reset/index.ts';
import { exampleSentence } from './chat-replies.ts';

/** The words of the cards `home` and `help`. */
export const homeTexts = {
  heading: 'Locksmith',
  greeting: (name: string) => `Hi ${name}.`,
  welcome: 'Hi, I am Locksmith.',
  says: 'I reset passwords for your customers’ users, and send the temporary password to you alone.',
  tryIt: 'Type this to try it:',
  tryItOrTour: 'Type this to try it, or tour for more:',
  tryItHere: 'Here you mention me first. Type this to try it:',
  mention: (sentence: string) => `@Locksmith ${sentence}`,
  help: 'What you can type',
} as const;

/** The sentence to try in the sandbox: a user and a customer that are there. */
export const sandboxSentence = 'reset password for Adele Vance at Contoso Bikes';

/** What can be typed, and what it does. */
type HelpRow = { readonly say: string; readonly does: string };

/** What a person may type, and nothing that they may not do. */
export function describeHelp({ mayReset, mayApprove, mayAudit }: Rights): {
  readonly rows: readonly HelpRow[];
  readonly closing: readonly string[];
} {
  const mayFreeze = mayReset || mayApprove || mayAudit;
  return {
    rows: [
      ...(mayReset ? helpTexts.technician : []),
      ...(mayFreeze ? helpTexts.freeze : []),
      ...(mayApprove ? helpTexts.approver : []),
      ...(mayAudit ? helpTexts.historyOfAll : mayReset ? helpTexts.ownHistory : []),
    ],
    closing: [
      ...(mayReset ? [helpTexts.closing] : [helpTexts.mayNotReset]),
      ...(mayApprove ? [helpTexts.isApprover] : mayReset ? [helpTexts.isNoApprover] : []),
    ],
  };
}

/** Answers who may approve. The policy may name groups, so people are named only on the card of a reset that waits. Plain text. */
export function formatWhoApproves({ mayApprove }: Pick<Rights, 'mayApprove'>): string {
  return `${mayApprove ? whoApprovesTexts.you : whoApprovesTexts.others} ${whoApprovesTexts.where}`;
}

const whoApprovesTexts = {
  you: 'You are an approver, for what others ask for.',
  others: 'You are no approver.',
  where:
    'Who is one stands in the policy, which your Locksmith administrator keeps; a reset that needs one names on its card who is asked.',
} as const;

/** The commands are those that `readCommand` understands, so another language needs a vocabulary of its own. */
const helpTexts = {
  technician: [
    { say: exampleSentence, does: 'A name, an address or an id. Say the ticket and how you verified the caller, too.' },
    { say: 'Contoso, or Jane Doe, or 2', does: 'Answers what I asked, within 10 minutes.' },
    { say: 'confirm called back #4711', does: 'Presses the button of your open card, in our own chat.' },
    {
      say: 'status, or status K7QM-3XWD',
      does: 'Your resets that are not closed, with buttons. With a reference, that one.',
    },
    { say: 'cancel, or cancel K7QM-3XWD', does: 'Takes a reset back, by its reference where several are open.' },
    { say: 'approvers', does: 'Whether you are one, and where it is set who is.' },
  ],
  freeze: [{ say: 'freeze, or freeze Contoso', does: 'Nothing is reset there until an approver lifts it.' }],
  approver: [{ say: 'thaw Contoso, or thaw everything', does: 'Lifts a freeze.' }],
  historyOfAll: [{ say: 'history, or history of Contoso', does: 'What was asked for, by everybody.' }],
  ownHistory: [{ say: 'history, or history of Contoso', does: 'What you asked for.' }],
  closing: 'In a channel or a group chat, mention me first. The temporary password always comes to you alone.',
  isApprover: 'You are an approver: you may approve what others ask for, never what you ask for yourself.',
  isNoApprover: 'You are no approver: where a reset needs one, or a freeze is to be lifted, somebody else does it.',
  mayNotReset:
    'You may not reset passwords here. If you should, ask your Locksmith administrator to add you to the policy.',
} as const;

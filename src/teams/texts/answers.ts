import { example } from './example.ts';
import { plainName } from './plain-name.ts';

/** What the bot says in plain text, save the answers to a finding, a refusal or a press without proof. */
export const answers = {
  greeting: (name: string) =>
    `Hi ${plainName(name)}, I reset passwords for your customers’ users. Say it like this: ${example}. Type help for more.`,
  welcome: [
    'Hi, I am Locksmith. I reset passwords for your customers’ users.',
    `Say it like this: ${example}.`,
    'I show you who that is before anything happens, and send the temporary password to you alone.',
    'Type help to see what else I understand.',
  ].join('\n'),
  notUnderstood: `I did not understand that, and changed nothing. Say it like this: ${example}. Type help for more.`,
  nothingTyped: `There is no text in that message. Say it like this: ${example}.`,
  tooLong: `That is longer than any request I understand, so I changed nothing. One sentence is enough: ${example}.`,
  nothingChosen: 'Choose one first, or press Cancel. Nothing was changed.',
  beingHidden: 'Thank you. I am hiding the password; Teams is slow to take it.',
  passwordElsewhere: (reference: string) =>
    `I cannot open that password at this moment; it is kept. Press Show password again in a minute. If it stays like this, give this reference to whoever looks after Locksmith: ${plainName(reference)}`,
  passwordUnreadable: (reference: string) =>
    `I cannot read that password any more. Ask for the reset again: the new password replaces it. (Reference: ${plainName(reference)})`,
  notYours: 'Only the person who asked for this can press its buttons. Nothing was changed.',
  historyElsewhere: 'The history names people, so I show it in our own chat only. Type history there.',
  oldClient:
    'This version of Teams cannot press that button. Update Teams, or use it in a browser. Nothing was changed.',
  unknownCard: 'I do not know this card any more, and changed nothing. Ask again if the reset is still needed.',
  unknownButton: 'I do not know that button, and changed nothing. Ask again to get a new card.',
  undelivered: (reference: string, isCertain: boolean) =>
    `${isCertain ? 'The password was set' : 'A password was made that may be in force'}, but I cannot bring it to you in a direct message yet, and it must not go anywhere else. Add or unblock Locksmith in Teams, then write to me there: it comes at once. (Reference: ${plainName(reference)})`,
  erased: (reference: string) =>
    `I could not bring you the password that was set for this reset, and have erased it: nobody has it now. Ask for the reset again once Locksmith may write to you in Teams. (Reference: ${plainName(reference)})`,
  failed: (reference: string) =>
    `Something went wrong on my side. Look at the card of the request before you ask again; if it tells you nothing, give this reference to whoever looks after Locksmith: ${plainName(reference)}`,
} as const;

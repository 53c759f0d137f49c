import { sanitizePlainText } from './formatting.ts';

/** What is answered to a press of a button that is not answered by a card. Plain text. */
export const pressTexts = {
  nothingToDo: 'There is nothing to do here.',
  nothingChosen: 'Choose one first, or press Cancel. Nothing was changed.',
  notYours: 'Only the person who asked for this can press its buttons. Nothing was changed.',
  oldClient:
    'This version of Teams cannot press that button, so nothing was changed. Update Teams, or use it in a browser.',
  unknownCard: 'I do not know this card any more, and changed nothing. Ask again if the reset is still needed.',
  unknownButton: 'I do not know that button, and changed nothing. Ask again to get a new card.',
  beingHidden: 'Thank you. I am hiding the password; Teams is slow to take it.',
  showingLate: 'That takes longer than it should. Press Show password again in a minute.',
  passwordElsewhere: (reference: string) =>
    `I cannot open that password at this moment; it is kept. Press Show password again in a minute, or give your Locksmith administrator this reference if it stays like this: ${sanitizePlainText(reference)}`,
  passwordUnreadable: (reference: string) =>
    `I cannot read that password any more. Ask for the reset again: the new password replaces it. (Reference: ${sanitizePlainText(reference)})`,
} as const;

/** What stands before a value on a card. */
export const labels = {
  customer: 'Customer',
  tenant: 'Tenant id',
  askedBy: 'Asked by',
  doneBy: 'Done by',
  cancelledBy: 'Cancelled by',
  declinedBy: 'Declined by',
  approved: 'Approved',
  approvedBy: 'Approved by',
  waitsFor: 'Waits for',
  waitsUntil: 'Waits until',
  roles: 'Roles',
  asked: 'Asked',
  replaces: 'Replaces',
  when: 'When',
  verified: 'Caller verified',
  ticket: 'Ticket',
  ticketSays: 'Ticket says',
  /** Locksmith's own words of a ticket. */
  ticketCheck: 'Ticket check',
  ticketNote: 'Ticket note',
  reference: 'Reference',
  correlation: 'Correlation id (for Microsoft)',
} as const;

/** What stands on buttons. People outside rely on these words. */
export const buttons = {
  reset: 'Reset password',
  askForApproval: 'Ask for approval',
  cancel: 'Cancel',
  choose: 'Choose',
  approve: 'Approve',
  decline: 'Decline',
  reveal: 'Show password',
  passedOn: 'I have passed it on',
  signOut: 'Sign out everywhere',
  accessPass: 'Temporary access pass',
  hide: 'Hide password',
  openResets: 'My open resets',
  history: 'History',
  help: 'Help',
  next: 'Next',
  back: 'Back',
  freeze: 'Freeze',
  freezeEverything: 'Freeze everything',
} as const;

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
  underWay: 'I have your press and am still at work on it. The card will show what comes of it.',
  listLate: 'That takes longer than it should. Type status to see how your requests stand.',
  showingLate: 'That takes longer than it should. Press Show password again in a minute.',
  passwordElsewhere: (reference: string) =>
    `I cannot open that password at this moment; it is kept. Press Show password again in a minute; if it stays like this, tell your Locksmith administrator the reference. (Reference: ${reference})`,
  passwordUnreadable: (reference: string) =>
    `I cannot read that password any more. Ask for the reset again: the new password replaces it. (Reference: ${reference})`,
} as const;

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
  when: 'When',
  verified: 'Caller verified',
  ticket: 'Ticket',
  ticketSays: 'It says',
  reference: 'Reference',
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
} as const;

/** What stands on buttons. People outside rely on these words. */
export const buttons = {
  reset: 'Reset password',
  cancel: 'Cancel',
  choose: 'Choose',
  approve: 'Approve',
  decline: 'Decline',
  reveal: 'Show password',
  passedOn: 'I have passed it on',
} as const;

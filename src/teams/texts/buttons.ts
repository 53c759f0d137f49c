/** What stands on buttons. People outside rely on these words. */
export const buttons = {
  reset: 'Reset password',
  cancel: 'Cancel',
  choose: 'Choose',
  reveal: 'Show password',
  passedOn: 'I have passed it on',
} as const;

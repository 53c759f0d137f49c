/** What a button can ask for. The renderers write these on buttons, and nothing else is read from a click. */
export const verbs = {
  reset: 'reset',
  cancel: 'cancel',
  reveal: 'reveal',
  passedOn: 'passed-on',
  choose: 'choose',
  cancelQuestion: 'cancel-question',
  approve: 'approve',
  decline: 'decline',
} as const;

export type Verb = (typeof verbs)[keyof typeof verbs];

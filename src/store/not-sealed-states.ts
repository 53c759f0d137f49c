import type { ResetState } from '../reset/states.ts';

/** The states before a password exists: a freeze ends them. An index of the database holds the same list. */
export const notSealedStates = [
  'proposed',
  'awaiting-approval',
  'approved',
  'message-open',
] as const satisfies readonly ResetState[];

import type { ResetState } from '../reset/states.ts';

/**
 * The states between approval and delivery: at most one request of a user is in one of them. An index of the database
 * holds the same list, so a change here needs a migration.
 */
export const underWayStates = [
  'awaiting-approval',
  'approved',
  'message-open',
  'sealed',
  'resetting',
  'reset',
  'delivering',
  'needs-attention',
] as const satisfies readonly ResetState[];

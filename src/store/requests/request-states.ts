import { followingStates, type ResetRequest, type ResetState } from '../../reset/index.ts';

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

/** The states before a password exists: a freeze ends them. An index of the database holds the same list. */
export const statesBeforeSealing = [
  'proposed',
  'awaiting-approval',
  'approved',
  'message-open',
] as const satisfies readonly ResetState[];

/** Throws where the state machine has no such step, or where it is not one of the same request: both are defects. */
export function requireAllowedTransition(before: ResetRequest, after: ResetRequest): void {
  const next: readonly ResetState[] = followingStates[before.state];
  if (after.state !== before.state && !next.includes(after.state)) {
    throw new Error(`no step leads from ${before.state} to ${after.state}`);
  }
  const same =
    after.id === before.id &&
    after.target.customer.id === before.target.customer.id &&
    after.target.user.id === before.target.user.id &&
    after.technician.objectId === before.technician.objectId;
  if (!same || after.version !== before.version + 1) {
    throw new Error('a step makes the next version of the same request, for the same people');
  }
}

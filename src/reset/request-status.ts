import type { ResetRequest } from './request.ts';
import { states } from './states.ts';

/** Whether it waits for its technician to press `Reset password` or `Cancel`. */
export function isWaitingForConfirmation({ state, confirmedAt }: ResetRequest): boolean {
  return state === 'proposed' && confirmedAt === undefined;
}

/** Whether it waits for a second person to press `Approve` or `Decline`. */
export function isWaitingForApproval({ state, approval }: ResetRequest): boolean {
  return state === 'awaiting-approval' && approval?.decision === undefined;
}

/** Whether it is certain that no PATCH of this request reached Partner Center. */
export function wasNothingSent({ tries }: Pick<ResetRequest, 'tries'>): boolean {
  return tries.every(({ outcome }) => outcome === 'not-tried');
}

/** Whether a request may still be taken back: it waits for a person, or for a sign-in and nothing was sent. */
export function mayBeCancelled(request: ResetRequest): boolean {
  if (isWaitingForConfirmation(request) || isWaitingForApproval(request)) return true;
  return waitsForSignIn(request) && wasNothingSent(request);
}

/** Whether a newer request of the same person for the same user took the place of this one, before its time was over. */
export function wasReplaced({ state, approval, endedAt, confirmBy }: ResetRequest): boolean {
  return state === 'expired' && approval === undefined && endedAt !== undefined && endedAt < confirmBy;
}

/** Whether a password that was delivered is still kept. Once it is not, all that is left is to hide it where it stands. */
export function isPasswordKept({ state, sealedPassword }: Pick<ResetRequest, 'state' | 'sealedPassword'>): boolean {
  return state === 'delivered' && sealedPassword !== undefined;
}

/** Whether a password was, or may have been, set that never reached its requester and was erased. */
export function wasGivenUp({ state, deliverBy, deliveredAt, attention }: ResetRequest): boolean {
  const isOver = states[state].phase === 'delivered' || states[state].password === 'erased';
  return isOver && deliverBy !== undefined && deliveredAt === undefined && attention?.kind !== 'seal-broken';
}

/** Whether what was confirmed, or approved, was put off because there is no sign-in to Partner Center. */
export function waitsForSignIn(request: ResetRequest): boolean {
  if (isWaitingForConfirmation(request) || isWaitingForApproval(request)) return false;
  return states[request.state].mayWaitForSignIn && request.putOff > 0 && request.lease === undefined;
}

/** Whether a request that needed approval ended without a reset. The requester has to hear of that. */
function endedWithoutApproval({ state, approval }: ResetRequest): boolean {
  // The requester cancelled it themselves and knows.
  return approval !== undefined && states[state].password === 'unchanged' && state !== 'cancelled';
}

/**
 * Whether the requester's chat still has to hear that the request ended without a reset, although it asked for
 * approval. The second person did not approve, or approved in vain.
 */
export function owesEndOfApprovalNotice(request: ResetRequest): boolean {
  return request.cardIsOwed && endedWithoutApproval(request) && request.approval?.isTold === false;
}

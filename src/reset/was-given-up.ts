import type { ResetRequest } from './reset-request.ts';

/** Whether a password was, or may have been, set that never reached its requester and was erased. */
export function wasGivenUp({ state, deliverBy, deliveredAt, attention }: ResetRequest): boolean {
  const isOver = state === 'delivered' || state === 'hidden';
  return isOver && deliverBy !== undefined && deliveredAt === undefined && attention?.kind !== 'seal-broken';
}

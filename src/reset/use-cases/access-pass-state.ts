import { workflowTunables } from '../../base/index.ts';
import type { AccessPassState, ResetRequest } from '../request.ts';

/** What an earlier press brought, where this one sends nothing. A press that comes at once is the same press, repeated. */
export function findStanding(
  { accessPass }: ResetRequest,
  now: number,
  leaseMilliseconds: number,
): AccessPassState | undefined {
  if (accessPass === undefined) return undefined;
  const { outcome, toldAt, at } = accessPass;
  const again = workflowTunables.followUpAgainAfterMilliseconds;
  switch (outcome) {
    case 'pending':
      return now - at < leaseMilliseconds ? accessPass : undefined;
    case 'exists':
    case 'unknown':
      return toldAt === undefined || now - toldAt < again ? accessPass : undefined;
    case 'refused':
    case 'not-asked':
      return now - at < again ? accessPass : undefined;
    case 'made':
    case 'unseen':
    case 'unusable':
      return accessPass;
  }
}

/**
 * Whether `Temporary access pass` has something to do: the password is shown, and none was made that counts. With `reveal` the
 * password is shown once the requester has opened it.
 */
export function mayGetAccessPass(request: ResetRequest, delivery: 'message' | 'reveal', now: number): boolean {
  const { state, deliveredAt, revealedAt, hideAt, sealedPassword, accessPass } = request;
  if (state !== 'delivered' || deliveredAt === undefined || sealedPassword === undefined) return false;
  if (hideAt === undefined || now >= hideAt) return false;
  if (delivery === 'reveal' && revealedAt === undefined) return false;
  const outcome = accessPass?.outcome;
  return outcome !== 'made' && outcome !== 'unseen' && outcome !== 'unusable';
}

/** Whether a pass of this request is shown by `Show password` alone. Only with `reveal` has somebody pressed that. */
export function isBehindButton({ revealedAt, accessPass }: ResetRequest): boolean {
  return revealedAt !== undefined && accessPass?.sealed !== undefined;
}

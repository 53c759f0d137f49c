import type { ResetRequest } from '../reset-request.ts';
import { confirmationHolds } from './retry-rules.ts';

/**
 * Whether what was confirmed could not begin for so long that the caller has hung up. Rule: then it is not reset any more,
 * because nobody would expect it; what a second person approved counts from then. One that was sent once, or may have been, goes on whatever its age.
 */
export function isTooOld({ state, confirmedAt, approval, tries }: ResetRequest, now: number): boolean {
  const decidedAt = approval?.decision?.at;
  const isBefore =
    state === 'proposed' ||
    (state === 'awaiting-approval' && decidedAt !== undefined) ||
    state === 'approved' ||
    state === 'message-open' ||
    state === 'sealed';
  const since = decidedAt ?? confirmedAt;
  if (!isBefore || since === undefined || now - since <= confirmationHolds) return false;
  return tries.every(({ outcome }) => outcome === 'not-tried');
}

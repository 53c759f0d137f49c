import type { ResetRequest } from '../reset-request.ts';
import { waitsForSignIn } from '../waits-for-sign-in.ts';

/** Whether a request may still be taken back: nobody has confirmed or approved it, or it waits and nothing was sent. */
export function mayBeCancelled(request: ResetRequest): boolean {
  const { state, confirmedAt, approval, tries } = request;
  if (state === 'proposed' && confirmedAt === undefined) return true;
  if (state === 'awaiting-approval' && approval?.decision === undefined) return true;
  return waitsForSignIn(request) && tries.every(({ outcome }) => outcome === 'not-tried');
}

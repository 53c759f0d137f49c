import type { ResetRequest } from './reset-request.ts';

/** Whether a second person was asked and it came to nothing, which whoever asked has to hear of. */
export function waitedInVain({ state, approval, tries }: ResetRequest): boolean {
  const wasAsked = approval?.places.some(({ card }) => card !== undefined) === true;
  return wasAsked && tries.length === 0 && (state === 'declined' || state === 'expired' || state === 'refused');
}

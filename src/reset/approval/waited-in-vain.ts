import type { ResetRequest } from '../reset-request.ts';

/** Whether a second person was to be asked and it came to nothing, which whoever asked has to hear of. */
export function waitedInVain({ state, approval }: ResetRequest): boolean {
  return approval !== undefined && (state === 'declined' || state === 'expired' || state === 'refused');
}

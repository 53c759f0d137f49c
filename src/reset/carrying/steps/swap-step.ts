import type { Step } from '../../audit-entry.ts';
import type { Moved } from '../carry-out.ts';
import type { ResetRequest } from '../../reset-request.ts';
import type { Tools } from '../../tools.ts';

/** Swaps a request for its next version. A user that is busy is only possible on the way to `approved`, which sees to it itself. */
export async function swapStep(tools: Tools, request: ResetRequest, step: Step): Promise<Moved> {
  const swapped = await tools.store.swap(request, step);
  return swapped.kind === 'swapped' ? { kind: 'moved', request: swapped.request } : { kind: 'stale' };
}

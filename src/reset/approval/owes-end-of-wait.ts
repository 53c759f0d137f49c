import type { ResetRequest } from '../reset-request.ts';
import { waitedInVain } from './waited-in-vain.ts';

/** Whether it is still to be said in the chat where it was asked that a second person gave no leave, or gave it in vain. */
export function owesEndOfWait(request: ResetRequest): boolean {
  return request.cardIsOwed && waitedInVain(request) && request.approval?.isTold === false;
}

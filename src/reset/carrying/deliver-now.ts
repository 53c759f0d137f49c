import type { CarryOut } from './carry-out.ts';
import { makeStep } from '../make-step.ts';
import type { ResetRequest } from '../reset-request.ts';
import { renewedLease } from './steps/renewed-lease.ts';
import { mayHold } from './steps/may-hold.ts';
import { swapStep } from './steps/swap-step.ts';
import type { Technician } from '../people/technician.ts';
import type { Tools } from '../tools.ts';

/**
 * Tries to deliver what waits now and not when its next try is due, because of something that this person did. Resolves
 * when that is done or put off again. Work that somebody has a lease on is left to them.
 */
export function createDeliverNow(tools: Tools, carryOut: CarryOut) {
  return async (request: ResetRequest, who: Technician): Promise<void> => {
    const now = tools.clock.now();
    const { lease } = request;
    if (lease !== undefined && lease.until > now) return;
    const entry = { at: now, kind: 'taken-over', actor: 'locksmith', facts: { because: who.objectId } } as const;
    // Whoever let their lease end may have put it there and not lived to hear of it.
    const heldBy = lease === undefined ? request.heldBy : mayHold(tools, request);
    const taken = await swapStep(tools, request, makeStep(request, { heldBy, ...renewedLease(tools) }, entry));
    if (taken.kind === 'moved') await carryOut(taken.request);
  };
}

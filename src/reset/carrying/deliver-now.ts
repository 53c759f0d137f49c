import type { CarryOut } from './carry-out.ts';
import { isLeftToAnother } from './is-left-to-another.ts';
import { makeStep } from '../make-step.ts';
import type { ResetRequest } from '../reset-request.ts';
import { renewedLease } from './steps/renewed-lease.ts';
import { saySealedElsewhere } from './say-sealed-elsewhere.ts';
import { mayHold } from './steps/may-hold.ts';
import { swapStep } from './steps/swap-step.ts';
import type { Technician } from '../people/technician.ts';
import type { Tools } from '../tools.ts';

/**
 * Tries to deliver what waits now and not when its next try is due, because of something that this person did. Resolves
 * when that is done or put off again. Work that somebody has a lease on is left to them, and what is sealed with a key that is
 * missing here is due at once for whoever has it.
 */
export function createDeliverNow(tools: Tools, carryOut: CarryOut) {
  return async (request: ResetRequest, who: Technician): Promise<void> => {
    const now = tools.clock.now();
    const { lease } = request;
    if (lease !== undefined && lease.until > now) return;
    // Whoever let their lease end may have put it there and not lived to hear of it.
    const heldBy = lease === undefined ? request.heldBy : mayHold(tools, request);
    const facts = { because: who.objectId };
    if (isLeftToAnother(tools, request, now)) {
      saySealedElsewhere(tools, request);
      if (request.dueAt !== undefined && request.dueAt <= now) return;
      const handed = { at: now, kind: 'handed-over', actor: 'locksmith', facts } as const;
      await swapStep(tools, request, makeStep(request, { heldBy, lease: undefined, dueAt: now }, handed));
      return;
    }
    const entry = { at: now, kind: 'taken-over', actor: 'locksmith', facts } as const;
    const taken = await swapStep(tools, request, makeStep(request, { heldBy, ...renewedLease(tools) }, entry));
    if (taken.kind === 'moved') await carryOut(taken.request, true);
  };
}

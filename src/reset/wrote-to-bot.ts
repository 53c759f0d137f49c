import type { CarryOut } from './carry-out.ts';
import { makeStep } from './make-step.ts';
import type { ResetRequest } from './reset-request.ts';
import { renewedLease } from './steps/renewed-lease.ts';
import { swapStep } from './steps/swap-step.ts';
import type { Technician } from './technician.ts';
import type { Tools } from './tools.ts';

/**
 * Somebody wrote to the bot, so it may write to them: what waits to be delivered to them is delivered now and not when
 * its next try is due. Resolves when that is done or put off again. Work that somebody has a lease on is left to them.
 */
export function createWroteToBot(tools: Tools, carryOut: CarryOut): (technician: Technician) => Promise<void> {
  return async ({ objectId, tenantId }) => {
    const waiting = await tools.store.undelivered(objectId, tenantId);
    const now = tools.clock.now();
    await Promise.all(waiting.filter(({ lease }) => lease === undefined || lease.until <= now).map(deliverNow));
  };

  async function deliverNow(request: ResetRequest): Promise<void> {
    const { objectId } = request.technician;
    const entry = {
      at: tools.clock.now(),
      kind: 'taken-over',
      actor: 'locksmith',
      facts: { wrote: objectId },
    } as const;
    const taken = await swapStep(tools, request, makeStep(request, renewedLease(tools), entry));
    if (taken.kind === 'moved') await carryOut(taken.request);
  }
}

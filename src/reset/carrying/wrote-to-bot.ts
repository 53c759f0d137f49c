import type { createDeliverNow } from './deliver-now.ts';
import type { Technician } from '../people/technician.ts';
import type { Tools } from '../tools.ts';

/**
 * Somebody wrote to the bot, so it may write to them: what waits to be delivered to them is delivered now and not when
 * its next try is due. Resolves when that is done or put off again.
 */
export function createWroteToBot(
  tools: Tools,
  deliverNow: ReturnType<typeof createDeliverNow>,
): (technician: Technician) => Promise<void> {
  return async (technician) => {
    const waiting = await tools.store.undelivered(technician.objectId, technician.tenantId);
    await Promise.all(waiting.map((request) => deliverNow(request, technician)));
  };
}

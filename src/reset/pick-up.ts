import type { ResetRequestId } from '../ids.ts';
import type { CarryOut } from './carry-out.ts';
import { expire } from './expire.ts';
import type { Tools } from './tools.ts';

/** Rows read at a time: enough to keep busy, few enough to share with other instances. */
const atOnce = 16;

/**
 * Takes up what is due and nobody works on: after a restart, from another instance, or because its time has come. It
 * waits for none of it, so that a slow answer to one request holds up no other. `underWay` is what this process has in
 * hand already.
 */
export function createPickUp(
  tools: Tools,
  carryOut: CarryOut,
  underWay: ReadonlyMap<ResetRequestId, unknown>,
): () => Promise<void> {
  return async () => {
    const due = await tools.store.due(tools.clock.now(), atOnce + underWay.size);
    for (const request of due) {
      // Whoever carries it out has logged the failure, and the row is due again.
      carryOut(await expire(tools, request)).catch(() => undefined);
    }
  };
}

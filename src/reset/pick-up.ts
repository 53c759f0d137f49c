import type { CarryOut } from './carry-out.ts';
import { expire } from './expire.ts';
import type { ResetRequest } from './reset-request.ts';
import type { Tools } from './tools.ts';

/** Rows read at a time: enough to keep busy, few enough to share with other instances. */
const atOnce = 16;

/** Takes up what is due and nobody works on: after a restart, from another instance, or because its time has come. */
export function createPickUp(tools: Tools, carryOut: CarryOut): () => Promise<void> {
  return async () => {
    const due = await tools.store.due(tools.clock.now(), atOnce);
    await Promise.all(due.map(pickUp));
  };

  async function pickUp(request: ResetRequest): Promise<void> {
    const unanswered = request.state === 'proposed' && request.confirmedAt === undefined;
    await carryOut(unanswered ? await expire(tools, request) : request);
  }
}

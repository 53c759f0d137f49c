import type { ResetRequestId } from '../ids.ts';
import type { CarryOut } from './carry-out.ts';
import type { MessageAddress } from './conversation.ts';
import { makeStep } from './make-step.ts';
import type { ResetRequest } from './reset-request.ts';
import type { Tools } from './tools.ts';

/** Swaps that may be lost to presses before the address is given up; the card then answers presses, and shows nothing by itself. */
const mostTries = 5;

/**
 * Keeps where the card of a request stands. Somebody may press before this is known: then the work that began is
 * awaited, not disturbed, and the card is brought up to date afterwards.
 */
export function createCardPosted(tools: Tools, carryOut: CarryOut) {
  return async (id: ResetRequestId, card: MessageAddress): Promise<void> => {
    for (let tried = 0; tried < mostTries; tried += 1) {
      const request = await tools.store.find(id);
      if (request === undefined) return;
      const settled = request.lease === undefined ? request : await carryOut(request);
      if (await keep(settled, card)) return;
    }
    tools.log({ level: 'warn', event: 'card-address-lost' });
  };

  async function keep(request: ResetRequest, card: MessageAddress): Promise<boolean> {
    const now = tools.clock.now();
    const answered = request.state !== 'proposed';
    const owed = answered ? { cardIsOwed: true, dueAt: now } : {};
    const entry = { at: now, kind: 'card-posted', actor: 'locksmith' } as const;
    const swapped = await tools.store.swap(request, makeStep(request, { card, ...owed }, entry));
    if (swapped.kind !== 'swapped') return false;
    if (answered) await carryOut(swapped.request);
    return true;
  }
}

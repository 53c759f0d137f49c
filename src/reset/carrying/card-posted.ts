import type { CorrelationId, ResetRequestId } from '../../ids.ts';
import type { CarryOut } from './carry-out.ts';
import type { MessageAddress } from '../people/conversation.ts';
import { isAskedEverywhere } from '../approval/is-asked-everywhere.ts';
import { makeStep } from '../make-step.ts';
import type { ResetRequest } from '../reset-request.ts';
import type { Tools } from '../tools.ts';

/** Swaps that may be lost to presses before the address is given up; the card then answers presses, and shows nothing by itself. */
const mostTries = 5;

/**
 * Keeps where the card of a request stands. Somebody may press before this is known: then the work that began is
 * awaited, here or at another instance, and the card is brought up to date afterwards.
 */
export function createCardPosted(tools: Tools, carryOut: CarryOut) {
  return async (id: ResetRequestId, card: MessageAddress): Promise<void> => {
    let correlationId: CorrelationId | undefined;
    for (let tried = 0; tried < mostTries; tried += 1) {
      const request = await tools.store.find(id);
      correlationId = request?.correlationId;
      if (request === undefined || request.card?.activityId === card.activityId) return;
      const settled = request.lease === undefined ? request : await carryOut(request).catch(() => request);
      const others = isLeased(settled) && tried + 1 < mostTries;
      if (others) await pause();
      else if (await keep(settled, card)) return;
    }
    tools.log({ level: 'warn', event: 'card-address-lost', correlationId });
  };

  async function keep(request: ResetRequest, card: MessageAddress): Promise<boolean> {
    const now = tools.clock.now();
    const answered = request.state !== 'proposed' || request.confirmedAt !== undefined;
    // Work that is not at its end keeps its time, and its end owes the card an answer anyway.
    const dueAt = request.endedAt === undefined && !isWaiting(request) ? request.dueAt : now;
    const owed = answered ? { cardIsOwed: true, dueAt } : {};
    const entry = { at: now, kind: 'card-posted', actor: 'locksmith' } as const;
    const swapped = await tools.store.swap(request, makeStep(request, { card, ...owed }, entry));
    if (swapped.kind !== 'swapped') return false;
    if (answered) await carryOut(swapped.request);
    return true;
  }

  /** For a second person: nothing else brings the card up to date meanwhile. */
  function isWaiting({ state, lease, approval }: ResetRequest): boolean {
    return (
      state === 'awaiting-approval' && lease === undefined && approval !== undefined && isAskedEverywhere(approval)
    );
  }

  function isLeased({ lease }: ResetRequest): boolean {
    return lease !== undefined && lease.until > tools.clock.now();
  }

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      tools.clock.after(tools.lengths.poll, resolve);
    });
  }
}

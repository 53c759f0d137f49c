import type { ResetRequestId } from '../../ids.ts';
import type { CarryOut } from './carry-out.ts';
import type { MessageAddress } from '../people/conversation.ts';
import { isAskedEverywhere } from '../approval/is-asked-everywhere.ts';
import { makeStep } from '../make-step.ts';
import type { ResetRequest } from '../reset-request.ts';
import type { Tools } from '../tools.ts';

export type CardPosted = {
  /**
   * Writes down where the card of a request stands, now or as soon as that is possible. Somebody may press before this is
   * known: then the work that began is awaited, and the card is brought up to date afterwards. It never fails.
   */
  readonly keep: (id: ResetRequestId, card: MessageAddress) => Promise<void>;
  /** Tries again what could not be written down yet, one round at a time. It never fails. */
  readonly keepLate: () => Promise<void>;
};

/** More than so many addresses are not remembered; those cards then answer presses, and show nothing by themselves. */
const mostLate = 1000;

/**
 * Keeps addresses of cards. What the store does not take, because it is away, because another instance works on the
 * request, or because a press was faster, stays in memory until it does; a press brings the address along as well.
 */
export function createCardPosted(tools: Tools, carryOut: CarryOut): CardPosted {
  const late = new Map<ResetRequestId, MessageAddress>();
  let keeping: Promise<void> | undefined;
  return { keep, keepLate };

  async function keep(id: ResetRequestId, card: MessageAddress): Promise<void> {
    const isKept = await write(id, card).catch((failure: unknown) => {
      const code = Error.isError(failure) && 'code' in failure ? String(failure.code) : 'defect';
      tools.log({ level: 'warn', event: 'card-address-late', code });
      return false;
    });
    if (isKept) late.delete(id);
    else if (late.has(id) || late.size < mostLate) late.set(id, card);
    else tools.log({ level: 'warn', event: 'card-address-lost' });
  }

  function keepLate(): Promise<void> {
    keeping ??= Promise.all([...late].map(([id, card]) => keep(id, card)))
      .then(() => undefined)
      .finally(() => (keeping = undefined));
    return keeping;
  }

  /** Whether there is nothing left to do. */
  async function write(id: ResetRequestId, card: MessageAddress): Promise<boolean> {
    const request = await tools.store.find(id);
    if (request === undefined || request.card?.activityId === card.activityId) return true;
    const settled = request.lease === undefined ? request : await carryOut(request).catch(() => request);
    return !isLeased(settled) && (await swap(settled, card));
  }

  async function swap(request: ResetRequest, card: MessageAddress): Promise<boolean> {
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
}

import type { ResetRequestId } from '../../ids.ts';
import type { CarryOut } from './carry-out.ts';
import type { BackOff } from './create-back-off.ts';
import { expire } from '../acts/expire.ts';
import type { ResetRequest } from '../reset-request.ts';
import type { Tools } from '../tools.ts';

/** Rows read at a time: enough to keep busy, few enough to share with other instances. */
const atOnce = 16;

/**
 * Takes up what is due and nobody works on: after a restart, from another instance, or because its time has come; and
 * what this process failed at and still holds the lease of, so that nobody waits for that to end when the store was away
 * for a moment. It waits for none of it, so that a slow answer to one request holds up no other. `underWay` is what this
 * process has in hand already, and what waits in `backOff` is left alone; neither takes the place of another.
 */
export function createPickUp(
  tools: Tools,
  carryOut: CarryOut,
  underWay: ReadonlyMap<ResetRequestId, unknown>,
  backOff: BackOff,
): () => Promise<void> {
  return async () => {
    const due = await tools.store.due(tools.clock.now(), atOnce + underWay.size + backOff.count());
    const isDue = new Set(due.map(({ id }) => id));
    const failed = backOff.over().filter((id) => !isDue.has(id));
    await Promise.all([
      ...due.filter(({ id }) => !backOff.isWaiting(id)).map(takeUp),
      ...failed.slice(0, atOnce).map(takeUpFailed),
    ]);
  };

  async function takeUpFailed(id: ResetRequestId): Promise<void> {
    const request = await tools.store.find(id).catch((failure: unknown) => {
      backOff.failed(id);
      throw failure;
    });
    if (request === undefined) backOff.went(id);
    else goOn(request);
  }

  async function takeUp(request: ResetRequest): Promise<void> {
    const current = await expire(tools, request).catch((failure: unknown) => {
      backOff.failed(request.id);
      throw failure;
    });
    goOn(current);
  }

  function goOn(request: ResetRequest): void {
    // Whoever carries it out has logged the failure, and it is tried again.
    carryOut(request).catch(() => undefined);
  }
}

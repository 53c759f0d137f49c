import type { CarryOut } from '../carrying/carry-out.ts';
import type { Closing } from './close.ts';
import type { createDeliverNow } from '../carrying/deliver-now.ts';
import { isLeftToAnother } from '../carrying/is-left-to-another.ts';
import { makeStep } from '../make-step.ts';
import type { ResetRequest } from '../reset-request.ts';
import { giveUpDelivery } from '../carrying/steps/give-up-delivery.ts';
import { openSeal } from '../carrying/steps/open-seal.ts';
import { swapStep } from '../carrying/steps/swap-step.ts';
import type { Technician } from '../people/technician.ts';
import type { Tools } from '../tools.ts';
import { wasGivenUp } from '../was-given-up.ts';

/**
 * Puts to rest a request whose password waits to be delivered, or cannot be read. Rule: a password that opens is tried once
 * more before it is erased, one whose key is elsewhere is left to whoever can try it, and what has only begun to be delivered, or is being worked on, is left alone.
 */
export function createCloseWaiting(
  tools: Tools,
  carryOut: CarryOut,
  deliverNow: ReturnType<typeof createDeliverNow>,
): (technician: Technician, request: ResetRequest) => Promise<Closing> {
  return async (technician, request) => {
    if (isLeased(request)) return { kind: 'under-way', request };
    return request.state === 'delivering' ? closeUndelivered(technician, request) : putToRest(technician, request);
  };

  async function closeUndelivered(technician: Technician, request: ResetRequest): Promise<Closing> {
    if (request.putOff === 0) return { kind: 'under-way', request };
    await deliverNow(request, technician);
    const tried = (await tools.store.find(request.id)) ?? request;
    if (wasGivenUp(tried)) return { kind: 'closed', request: tried };
    const isAnothers = isLeftToAnother(tools, tried, tools.clock.now());
    if (tried.state !== 'delivering' || isLeased(tried) || isAnothers) return { kind: 'under-way', request: tried };
    const moved = await giveUpDelivery(tools, tried, { why: 'closed', by: technician });
    if (moved.kind !== 'moved') return { kind: 'under-way', request: tried };
    return { kind: 'closed', request: await carryOut(moved.request) };
  }

  async function putToRest(technician: Technician, request: ResetRequest): Promise<Closing> {
    const now = tools.clock.now();
    const opened = openSeal(tools, request);
    if (opened.kind === 'opened') return { kind: 'under-way', request: await carryOut(request) };
    if (isLeftToAnother(tools, request, now)) return { kind: 'under-way', request };
    const rest = { sealedPassword: undefined, endedBy: technician.name, hiddenAt: now, putOff: 0 };
    const moved = await swapStep(
      tools,
      request,
      makeStep(
        request,
        { state: 'hidden', ...rest, dueAt: request.cardIsOwed ? now : undefined },
        { at: now, kind: 'closed', actor: technician.objectId },
      ),
    );
    return moved.kind === 'moved' ? { kind: 'closed', request: moved.request } : { kind: 'under-way', request };
  }

  function isLeased({ lease }: ResetRequest): boolean {
    return lease !== undefined && lease.until > tools.clock.now();
  }
}

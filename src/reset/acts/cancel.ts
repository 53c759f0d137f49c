import type { ResetRequestId } from '../../ids.ts';
import { expire } from './expire.ts';
import { makeStep } from '../make-step.ts';
import { readPressed } from './read-pressed.ts';
import { mayBeCancelled } from './may-be-cancelled.ts';
import type { ResetRequest } from '../reset-request.ts';
import type { Technician } from '../people/technician.ts';
import type { Tools } from '../tools.ts';

export type Cancellation =
  | { readonly kind: 'as-it-stands'; readonly request: ResetRequest }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-yours' };

/** Cancels what nobody has confirmed yet, or nobody has approved, or what waits for a sign-in. Anything else stays as it stands. */
export function createCancel(tools: Tools) {
  return cancel;

  /** A press that loses a swap looks again: what won may have been something smaller than another press. */
  async function cancel(id: ResetRequestId, technician: Technician): Promise<Cancellation> {
    const pressed = await readPressed(tools, id, technician);
    if (pressed.kind !== 'own') return pressed;
    const { request } = pressed;
    if (!mayBeCancelled(request)) return { kind: 'as-it-stands', request };
    const now = tools.clock.now();
    const expired = await expire(tools, request);
    if (expired.version !== request.version) return { kind: 'as-it-stands', request: expired };
    const step = makeStep(
      request,
      {
        state: 'cancelled',
        endedAt: now,
        endedBy: technician.name,
        cardIsOwed: true,
        sealedPassword: undefined,
        putOff: 0,
        lease: undefined,
        dueAt: now,
      },
      { at: now, kind: 'cancelled', actor: technician.objectId },
    );
    const swapped = await tools.store.swap(request, step);
    return swapped.kind === 'swapped' ? { kind: 'as-it-stands', request: swapped.request } : cancel(id, technician);
  }
}

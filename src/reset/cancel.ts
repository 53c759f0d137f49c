import type { ResetRequestId } from '../ids.ts';
import { expire } from './expire.ts';
import { makeStep } from './make-step.ts';
import { readPressed } from './read-pressed.ts';
import type { ResetRequest } from './reset-request.ts';
import type { Technician } from './technician.ts';
import type { Tools } from './tools.ts';

export type Cancellation =
  | { readonly kind: 'as-it-stands'; readonly request: ResetRequest }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-yours' };

/** Cancels a proposal that nobody has confirmed yet. One that is confirmed stays as it stands. */
export function createCancel(tools: Tools) {
  return cancel;

  /** A press that loses a swap looks again: what won may have been something smaller than another press. */
  async function cancel(id: ResetRequestId, technician: Technician): Promise<Cancellation> {
    const pressed = await readPressed(tools, id, technician);
    if (pressed.kind !== 'own') return pressed;
    const { request } = pressed;
    if (request.state !== 'proposed' || request.confirmedAt !== undefined) return { kind: 'as-it-stands', request };
    const now = tools.clock.now();
    if (now >= request.confirmBy) return { kind: 'as-it-stands', request: await expire(tools, request) };
    const step = makeStep(
      request,
      { state: 'cancelled', endedAt: now, endedBy: technician.name, cardIsOwed: true, lease: undefined, dueAt: now },
      { at: now, kind: 'cancelled', actor: technician.objectId },
    );
    const swapped = await tools.store.swap(request, step);
    return swapped.kind === 'swapped' ? { kind: 'as-it-stands', request: swapped.request } : cancel(id, technician);
  }
}

import type { ResetRequestId } from '../../ids.ts';
import type { Cancellation } from './cancel.ts';
import type { CarryOut } from '../carrying/carry-out.ts';
import { makeStep } from '../make-step.ts';
import { readPressed } from './read-pressed.ts';
import type { Technician } from '../people/technician.ts';
import type { Tools } from '../tools.ts';

/** The requester has passed the password on: it is hidden at once. Pressed again, it says how things stand. */
export function createPassOn(tools: Tools, carryOut: CarryOut) {
  return passOn;

  /** A press that loses a swap looks again: what won may have been no more than an answered card. */
  async function passOn(id: ResetRequestId, technician: Technician): Promise<Cancellation> {
    const pressed = await readPressed(tools, id, technician);
    if (pressed.kind !== 'own') return pressed;
    const { request } = pressed;
    if (request.state === 'delivering') {
      // Whoever reads a password can be faster than the step that says it was delivered.
      const carried = await carryOut(request);
      if (carried.state === 'delivered') return passOn(id, technician);
    }
    if (request.state !== 'delivered') return { kind: 'as-it-stands', request };
    const now = tools.clock.now();
    const swapped = await tools.store.swap(
      request,
      makeStep(
        request,
        { hideAt: now, dueAt: now, putOff: 0 },
        { at: now, kind: 'passed-on', actor: technician.objectId },
      ),
    );
    if (swapped.kind === 'swapped') return { kind: 'as-it-stands', request: await carryOut(swapped.request) };
    return passOn(id, technician);
  }
}

import type { ResetRequestId } from '../../ids.ts';
import { aboutRequest } from '../about-request.ts';
import type { ResetRequest } from '../reset-request.ts';
import type { Technician } from '../people/technician.ts';
import type { Tools } from '../tools.ts';

/** Whose button was pressed. */
export type Pressed =
  | { readonly kind: 'own'; readonly request: ResetRequest }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-yours' };

/**
 * Looks up the request behind a button of the requester. Rule: nobody else's press has an effect; it is recorded, and an alarm.
 */
export async function readPressed(tools: Tools, id: ResetRequestId, technician: Technician): Promise<Pressed> {
  const request = await tools.store.find(id);
  if (request === undefined) return { kind: 'unknown' };
  const asked = request.technician;
  if (asked.objectId === technician.objectId && asked.tenantId === technician.tenantId) return { kind: 'own', request };
  await tools.store.record(
    {
      at: tools.clock.now(),
      kind: 'click-refused',
      actor: technician.objectId,
      person: technician,
      facts: { reason: 'not-the-requester' },
    },
    id,
  );
  tools.raiseAlarm({ kind: 'foreign-press', ...aboutRequest(request), technician: technician.objectId });
  return { kind: 'not-yours' };
}

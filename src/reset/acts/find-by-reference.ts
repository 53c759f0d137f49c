import { isReference } from './is-reference.ts';
import type { ResetRequest } from '../reset-request.ts';
import type { Technician } from '../people/technician.ts';
import type { Tools } from '../tools.ts';

/** The requests of this person that are not over and whose reference (correlation id) begins with what was typed. */
export async function findByReference(
  tools: Tools,
  technician: Technician,
  reference: string,
): Promise<readonly ResetRequest[]> {
  const unfinished = await tools.store.unfinished(technician.objectId, technician.tenantId);
  return unfinished.filter(({ correlationId }) => isReference(reference, correlationId));
}

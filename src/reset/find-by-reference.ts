import type { ResetRequest } from './reset-request.ts';
import type { Technician } from './technician.ts';
import type { Tools } from './tools.ts';

/** The fewest characters of a reference that are taken for one. */
const shortest = 8;

/** The requests of this person that are not over and whose reference (correlation id) begins with what was typed. */
export async function findByReference(
  tools: Tools,
  technician: Technician,
  reference: string,
): Promise<readonly ResetRequest[]> {
  const typed = reference.trim().toLowerCase();
  if (typed.length < shortest) return [];
  const unfinished = await tools.store.unfinished(technician.objectId, technician.tenantId);
  return unfinished.filter((request) => request.correlationId.toLowerCase().startsWith(typed));
}

import { isReference } from './is-reference.ts';
import type { ResetRequest } from '../reset-request.ts';
import { rightsOf } from '../policy/rights-of.ts';
import type { Technician } from '../people/technician.ts';
import type { Tools } from '../tools.ts';

/**
 * For an auditor, the requests of others whose password waits to be delivered or cannot be read, and whose reference
 * (correlation id) begins with what was typed; for anybody else, none.
 */
export async function findWaiting(
  tools: Tools,
  technician: Technician,
  reference: string,
): Promise<readonly ResetRequest[]> {
  const { mayAudit } = await rightsOf(tools, technician);
  if (!mayAudit) return [];
  const waiting = await tools.store.waiting();
  return waiting.filter(({ correlationId }) => isReference(reference, correlationId));
}

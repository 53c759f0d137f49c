import type { Freeze } from './freeze.ts';
import { rightsOf } from '../policy/rights-of.ts';
import type { Technician } from '../people/technician.ts';
import type { Tools } from '../tools.ts';

/** Every freeze in force, the oldest first. Rule: a freeze names customers, so nobody without a right here hears of one. */
export async function freezesFor(tools: Tools, person: Technician): Promise<readonly Freeze[]> {
  const { mayReset, mayApprove, mayAudit } = await rightsOf(tools, person);
  return mayReset || mayApprove || mayAudit ? tools.freezes.inForce() : [];
}

import { isPermitted } from './is-permitted.ts';
import type { Technician } from '../people/technician.ts';
import type { Tools } from '../tools.ts';

/** What somebody may do, at one customer at least. Groups that cannot be read give nobody a right. */
export type Rights = { readonly mayReset: boolean; readonly mayApprove: boolean; readonly mayAudit: boolean };

/** Looks up what this person may do now. */
export async function rightsOf(
  { groups, policy }: Pick<Tools, 'groups' | 'policy'>,
  { objectId }: Technician,
): Promise<Rights> {
  const { technicians, approvers, auditors, customers } = policy();
  const anywhere = [...technicians, ...Object.values(customers).flatMap((customer) => customer.technicians ?? [])];
  const [reset, approve, audit] = await Promise.all([
    isPermitted(groups, objectId, anywhere),
    isPermitted(groups, objectId, approvers),
    isPermitted(groups, objectId, auditors),
  ]);
  return { mayReset: reset === 'yes', mayApprove: approve === 'yes', mayAudit: audit === 'yes' };
}

import { isPermitted } from '../../policy/is-permitted.ts';
import { needsApproval } from '../../policy/needs-approval.ts';
import { policyForCustomer } from '../../policy/policy-for-customer.ts';
import type { Directory } from '../../ports/directory.ts';
import type { Refusal } from '../../refusal.ts';
import type { ResetRequest } from '../../reset-request.ts';
import type { CustomerUser } from '../../people/target.ts';
import type { Tools } from '../../tools.ts';
import { whatStops } from '../../policy/what-stops.ts';

/** What the facts are looked up with. */
export type FactTools = Pick<Tools, 'policy' | 'groups'> & { readonly directory: Pick<Directory, 'lookUp'> };

/** What stands against a request, or the user as they are now and whether a second person has to approve. */
export type Facts =
  | { readonly kind: 'unchanged'; readonly user: CustomerUser; readonly needsApproval: boolean }
  | { readonly kind: 'stopped'; readonly refusal: Refusal };

/**
 * Looks up again what was true when the card was shown: the requester's right, the person's name, their state and their
 * roles. Another name than the card showed goes back to the technician.
 */
export async function lookAtFacts(tools: FactTools, request: ResetRequest): Promise<Facts> {
  const { technician, target, correlationId } = request;
  const policy = policyForCustomer(tools.policy(), target.customer.id);
  const permission = await isPermitted(tools.groups, technician.objectId, policy.technicians);
  if (permission !== 'yes') return stopped({ kind: permission });
  const fresh = await tools.directory.lookUp(target.customer, target.user.id, correlationId);
  if (fresh.kind === 'trouble') return stopped({ kind: 'partner-center', trouble: fresh.trouble });
  if (fresh.kind === 'gone') return stopped({ kind: 'target-changed' });
  const { user } = fresh;
  if (user.userPrincipalName !== target.user.userPrincipalName || user.displayName !== target.user.displayName) {
    return stopped({ kind: 'target-changed' });
  }
  // The policy may have been changed while Partner Center answered: what holds is the one of now.
  const now = policyForCustomer(tools.policy(), target.customer.id);
  const refusal = whatStops({ customer: target.customer, user }, technician, now);
  return refusal ? stopped(refusal) : { kind: 'unchanged', user, needsApproval: needsApproval(now, user) };
}

function stopped(refusal: Refusal): Facts {
  return { kind: 'stopped', refusal };
}

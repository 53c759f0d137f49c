import { policyForCustomer } from '../policy-for-customer.ts';
import { isPermitted } from '../is-permitted.ts';
import type { Directory } from '../ports.ts';
import type { Refusal } from '../refusal.ts';
import type { ResetRequest } from '../reset-request.ts';
import type { CustomerUser } from '../target.ts';
import type { Tools } from '../tools.ts';
import { whatStops } from '../what-stops.ts';

/**
 * Rule: what was true when the card was shown is looked up again before anything is done. The requester's right, the
 * person's name, their state and their roles; another name than the card showed goes back to the technician.
 */
export async function lookAgain(
  tools: Pick<Tools, 'policy' | 'groups'> & { readonly directory: Pick<Directory, 'lookUp'> },
  request: ResetRequest,
): Promise<
  { readonly kind: 'unchanged'; readonly user: CustomerUser } | { readonly kind: 'stopped'; readonly refusal: Refusal }
> {
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
  const refusal = whatStops({ customer: target.customer, user }, technician, policy);
  return refusal ? stopped(refusal) : { kind: 'unchanged', user };
}

function stopped(refusal: Refusal): { readonly kind: 'stopped'; readonly refusal: Refusal } {
  return { kind: 'stopped', refusal };
}

import { findRight } from '../policy/find-right.ts';
import { isOwnAccount } from '../people/is-own-account.ts';
import { isSamePerson } from '../people/is-same-person.ts';
import type { ResetRequest } from '../reset-request.ts';
import type { Technician } from '../people/technician.ts';
import type { Tools } from '../tools.ts';

/** Why somebody may not approve a request, or decline it. */
export type NoApprover = 'own-request' | 'own-account' | 'another-tenant' | 'not-an-approver' | 'groups-unknown';

/** By which right somebody may decide on a request. */
export type Approver =
  { readonly kind: 'approver'; readonly right: string } | { readonly kind: 'none'; readonly why: NoApprover };

/**
 * Whether this person may approve the request now. Rule: never who asked for it, never whose account it is, by whatever
 * id or address they are known; and only somebody of the tenant it was asked in whom the policy names.
 */
export async function findApprover(
  { groups, policy }: Pick<Tools, 'groups' | 'policy'>,
  { technician, target }: Pick<ResetRequest, 'technician' | 'target'>,
  person: Technician,
): Promise<Approver> {
  if (isSamePerson(person, technician)) return { kind: 'none', why: 'own-request' };
  if (isOwnAccount(target.user, person)) return { kind: 'none', why: 'own-account' };
  if (person.tenantId.toLowerCase() !== technician.tenantId.toLowerCase())
    return { kind: 'none', why: 'another-tenant' };
  const found = await findRight(groups, person.objectId, policy().approvers);
  if (found.kind === 'right') return { kind: 'approver', right: found.right };
  return { kind: 'none', why: found.why === 'groups-unknown' ? found.why : 'not-an-approver' };
}

import { isOwnAccount, type Technician } from '../identity.ts';
import type { Refusal } from '../refusal.ts';
import { administratorRolesOf, type CustomerUser, type Target } from '../target.ts';
import type { Policy } from './policy.ts';

/**
 * The first fact about this target that forbids a reset by this person, or undefined: their own account, a guest, a deleted
 * or federated user, one under restricted management, and by policy a synchronised user or an administrator. An unknown fact
 * counts as one that forbids. Facts that the approval of a second person outweighs are not among them: `needsApproval` finds these.
 */
export function findRejectionReason({ user }: Target, technician: Technician, policy: Policy): Refusal | undefined {
  if (isOwnAccount(user, technician)) return { kind: 'own-account' };
  if (isGuest(user.userPrincipalName) || user.graph?.isGuest) return { kind: 'guest' };
  if (user.state === 'deleted') return deletedAt(user);
  if (user.domainType === 'federated') return { kind: 'federated' };
  if (user.graph?.isRestricted) return { kind: 'management-restricted' };
  if (user.synchronised && policy.synchronisedUsers !== 'warn' && !mayWriteBack(policy, user))
    return { kind: 'synchronised' };
  if (user.graph?.lost !== undefined) return { kind: 'protection-unknown', ...user.graph.lost };
  if (policy.privilegedTargets === 'approve') return undefined;
  const roles = administratorRolesOf(user);
  if (roles === 'unknown') return rolesUnknown(user);
  return roles.length === 0 ? undefined : { kind: 'administrator', roles: roles.map(({ name }) => name) };
}

/** Says when where that is known; otherwise the refusal has nothing but its kind. */
export function deletedAt({ deletedAt: at }: Pick<CustomerUser, 'deletedAt'>): Refusal {
  return { kind: 'deleted', ...(at !== undefined && { at }) };
}

/** Says why the roles could not be read where that is known; otherwise the refusal has nothing but its kind. */
export function rolesUnknown({ rolesTrouble: trouble }: CustomerUser): Refusal {
  return { kind: 'roles-unknown', ...(trouble && { trouble }) };
}

/** Whether a synchronised user's password is written back by Graph: the policy says so, and Graph is asked at the customer. */
export function mayWriteBack(policy: Pick<Policy, 'synchronisedUsers'>, user: CustomerUser): boolean {
  return user.synchronised && policy.synchronisedUsers === 'writeback' && user.graph?.canWriteBack === true;
}

/** A guest has the password in another tenant, which this customer cannot reset. `#EXT#` in the UPN marks a guest. */
function isGuest(userPrincipalName: string): boolean {
  return userPrincipalName.toLowerCase().includes('#ext#');
}

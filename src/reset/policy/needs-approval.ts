import { administratorRoles } from '../people/administrator-roles.ts';
import type { Policy } from './policy.ts';
import type { CustomerUser } from '../people/target.ts';

/**
 * Whether a second person has to approve a reset of this user, by the policy as it holds for the customer. An
 * administrator, or somebody of whom it is not known, needs one whatever `approval` says.
 */
export function needsApproval({ approval }: Pick<Policy, 'approval'>, user: Pick<CustomerUser, 'roles'>): boolean {
  const roles = administratorRoles(user);
  return approval === 'always' || roles === 'unknown' || roles.length > 0;
}

import { isAdministratorRole } from './is-administrator-role.ts';
import { isOwnAccount } from './is-own-account.ts';
import type { Policy } from './policy.ts';
import type { Refusal } from './refusal.ts';
import type { Target } from './target.ts';
import type { Technician } from './technician.ts';

/** The first fact about this target that forbids a reset by this person, or undefined. In doubt it stops. */
export function whatStops(target: Target, technician: Technician, policy: Policy): Refusal | undefined {
  const { user } = target;
  if (isOwnAccount(user, technician)) return { kind: 'own-account' };
  if (isGuest(user.userPrincipalName)) return { kind: 'guest' };
  if (user.state === 'deleted') return { kind: 'deleted' };
  if (user.domainType === 'federated') return { kind: 'federated' };
  if (user.synchronised && policy.synchronisedUsers === 'deny') return { kind: 'synchronised' };
  if (user.roles === 'unknown') return { kind: 'roles-unknown' };
  const administrator = user.roles.filter((role) => isAdministratorRole(role.id));
  if (administrator.length > 0) return { kind: 'administrator', roles: administrator.map((role) => role.name) };
  if (policy.approval === 'always') return { kind: 'approval-not-possible' };
  return undefined;
}

/** Guests sign in at home: their mark in a UPN is `#EXT#`. */
function isGuest(userPrincipalName: string): boolean {
  return userPrincipalName.toLowerCase().includes('#ext#');
}

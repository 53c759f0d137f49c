import { administratorRoles } from '../people/administrator-roles.ts';
import { isOwnAccount } from '../people/is-own-account.ts';
import type { Policy } from './policy.ts';
import type { Refusal } from '../refusal.ts';
import type { Target } from '../people/target.ts';
import type { Technician } from '../people/technician.ts';

/**
 * The first fact about this target that forbids a reset by this person, or undefined. In doubt it stops. What a second
 * person may give leave for does not stop it here.
 */
export function whatStops({ user }: Target, technician: Technician, policy: Policy): Refusal | undefined {
  if (isOwnAccount(user, technician)) return { kind: 'own-account' };
  if (isGuest(user.userPrincipalName)) return { kind: 'guest' };
  if (user.state === 'deleted') return { kind: 'deleted' };
  if (user.domainType === 'federated') return { kind: 'federated' };
  if (user.synchronised && policy.synchronisedUsers === 'deny') return { kind: 'synchronised' };
  if (policy.privilegedTargets === 'approve') return undefined;
  const roles = administratorRoles(user);
  if (roles === 'unknown') return { kind: 'roles-unknown' };
  return roles.length === 0 ? undefined : { kind: 'administrator', roles: roles.map(({ name }) => name) };
}

/** Guests sign in at home: their mark in a UPN is `#EXT#`. */
function isGuest(userPrincipalName: string): boolean {
  return userPrincipalName.toLowerCase().includes('#ext#');
}

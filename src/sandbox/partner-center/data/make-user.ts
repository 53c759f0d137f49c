import { createDraws, type Draws } from './create-draws.ts';
import { administratorRoles, globalAdministrator, harmlessRoles } from './directory-roles.ts';
import type { UserKind } from './known-user.ts';
import { makeUserName } from './make-user-name.ts';
import { mix } from './mix.ts';
import type { PretendCustomer } from './pretend-customer.ts';
import type { PretendUser } from './pretend-user.ts';
import { userIdAt } from './user-ids.ts';
import { userKindAt } from './user-kind-at.ts';

const day = 24 * 60 * 60 * 1000;

/** Makes the user with number `index` of a customer, always the same; `now` in milliseconds, for dates in the past. */
export function makeUser(customer: PretendCustomer, index: number, now: number): PretendUser {
  const kind = userKindAt(customer, index);
  const draws = createDraws(mix(customer.seed, 31, index));
  const name = makeUserName(customer, index, kind);
  const domain = kind === 'federated' ? (customer.federatedDomain ?? customer.domain) : customer.domain;
  const past = (days: number): string => new Date(now - draws.integer(days * day)).toISOString();
  return {
    id: userIdAt(customer.seed, index),
    userPrincipalName: `${name.nickname}@${domain}`,
    displayName: name.displayName,
    firstName: name.firstName,
    lastName: name.lastName,
    usageLocation: customer.country,
    lastDirectorySyncTime: kind === 'synchronised' ? past(2) : null,
    userDomainType: kind === 'federated' ? 'federated' : draws.onceIn(3) ? 'managed' : 'none',
    state: kind === 'deleted' ? 'inactive' : 'active',
    softDeletionTime: kind === 'deleted' ? past(29) : null,
    roles: rolesOf(kind, index < customer.knownUsers.length, draws),
  };
}

function rolesOf(kind: UserKind, isKnown: boolean, draws: Draws): PretendUser['roles'] {
  if (kind === 'reader') return [draws.pick(harmlessRoles)];
  if (kind !== 'administrator') return [];
  if (isKnown) return [globalAdministrator];
  const roles = [draws.pick(administratorRoles), draws.pick(administratorRoles)];
  return roles.filter((role, at) => roles.indexOf(role) === at);
}

import type { AggregatePartner, CustomerUser as PartnerUser } from '../partner-center/index.ts';
import { asId, type UserId } from '../ids.ts';
import type { Customer, CustomerUser } from '../reset/target.ts';
import { foldName } from './fold-name.ts';
import { isGuid } from './is-guid.ts';
import { lookUp } from './look-up.ts';
import { readUser } from './read-target.ts';

/** Near names that are shown where nobody has exactly the name that was typed. */
const mostNear = 6;

export type FoundUsers = {
  /** Everybody who is exactly what was typed. */
  readonly exact: readonly CustomerUser[];
  /** Some whose name holds what was typed. */
  readonly near: readonly CustomerUser[];
};

/**
 * Finds users of a customer by id, UPN, mail nickname, or name in either order. Partner Center cannot search users, so
 * all pages are read. Throws `PartnerError`.
 */
export async function findUser(partner: AggregatePartner, customer: Customer, typed: string): Promise<FoundUsers> {
  if (isGuid(typed)) {
    const found = await lookUp(partner, customer.id, asId<UserId>(typed.toLowerCase()));
    if (found.kind === 'found') return { exact: [found.user], near: [] };
    if (found.kind === 'gone') return { exact: [], near: [] };
  }
  const wanted = foldName(typed);
  const exact: CustomerUser[] = [];
  const near: CustomerUser[] = [];
  for await (const user of partner.customers.byId(customer.id).users.query()) {
    const names = namesOf(user);
    if (names.includes(wanted)) exact.push(readUser(user, 'unknown'));
    else if (near.length < mostNear && names.some((name) => name.includes(wanted)))
      near.push(readUser(user, 'unknown'));
  }
  return { exact, near };
}

function namesOf(user: PartnerUser): readonly string[] {
  const upn = user.userPrincipalName ?? '';
  const [nickname = ''] = upn.split('@');
  const { firstName = '', lastName = '', displayName = '' } = user;
  return [
    displayName,
    upn,
    nickname,
    `${firstName} ${lastName}`,
    `${lastName} ${firstName}`,
    `${lastName}, ${firstName}`,
  ]
    .map(foldName)
    .filter((name) => name !== '' && name !== ',');
}

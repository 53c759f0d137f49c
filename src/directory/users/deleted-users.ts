import { createBoundedCache, type CustomerId, directoryTunables, isGuid } from '../../base/index.ts';
import { type AggregatePartner, buildIndexedQuery, simpleFieldFilter } from '../../partner-center/index.ts';
import type { DeletedUser } from '../../reset/index.ts';
import type { DirectoryQuestion } from '../directory-question.ts';
import type { NameIndex } from '../names/name-index.ts';
import { readTrouble } from '../partner-center-mapping.ts';
import { judgeTyped } from '../search/exact-match.ts';
import { createUserIndex, type IndexedUser, toIndexedUser } from './user-names.ts';

/** The deleted users of one customer, by every name that they had. */
export type DeletedUsers = NameIndex<IndexedUser>;

/** The deleted users of the customers that questions are about. */
export type DeletedUserCache = {
  /** Those of this customer, read less than a minute before the question; `unknown` where they cannot be read. */
  read(customer: CustomerId, question: Pick<DirectoryQuestion, 'partner' | 'at'>): Promise<DeletedUsers | 'unknown'>;
};

/** Creates the cache, so that one mistyped name after the other costs one look-up. */
export function createDeletedUserCache(): DeletedUserCache {
  const { maxCustomersWithDeleted: max, deletedTimeToLiveMilliseconds } = directoryTunables;
  const cache = createBoundedCache<CustomerId, { readonly index: DeletedUsers; readonly readAt: number }>(max);
  return {
    async read(customer, { partner, at }) {
      const kept = cache.get(customer);
      if (kept !== undefined && Math.abs(at - kept.readAt) < deletedTimeToLiveMilliseconds) return kept.index;
      const index = await readDeletedUsers(partner, customer);
      if (index !== 'unknown') cache.set(customer, { index, readAt: at });
      return index;
    },
  };
}

/**
 * Reads the deleted users of a customer. Partner Center lists them where the filter asks for them; whom an answer does not call
 * deleted is left out. `unknown` where it cannot be read: that somebody is not there is true all the same.
 * See learn.microsoft.com/partner-center/developer/view-a-deleted-user.
 */
export async function readDeletedUsers(
  partner: AggregatePartner,
  customer: CustomerId,
): Promise<DeletedUsers | 'unknown'> {
  const filter = simpleFieldFilter('UserState', 'equals', 'Inactive');
  const index = createUserIndex();
  try {
    const query = buildIndexedQuery({ size: directoryTunables.deletedPageSize, filter });
    for await (const page of partner.customers.byId(customer).users.query(query).pages({ skipUnreadable: true })) {
      for (const found of page.items) {
        if (found.state !== 'inactive') continue;
        const userPrincipalName = withoutOwnId(found.id, found.userPrincipalName);
        index.put(toIndexedUser({ ...found, userPrincipalName }));
      }
    }
  } catch (failure) {
    readTrouble(failure);
    return 'unknown';
  }
  return index;
}

/** Those of them who have exactly one of these names, addresses or ids; `linked` are others that a sentence names. */
export function findDeleted(
  index: DeletedUsers,
  typed: readonly string[],
  linked: readonly IndexedUser[] = [],
): readonly DeletedUser[] {
  const named = typed.flatMap((name) => {
    if (isGuid(name)) return index.get(name.toLowerCase()) ?? [];
    const own = readOwnId(name);
    if (own !== undefined) return index.get(own) ?? [];
    const judged = judgeTyped(index, name);
    return judged.kind === 'one' ? [judged.item] : judged.kind === 'several' ? judged.items : [];
  });
  return [...new Set([...named, ...linked])].slice(0, directoryTunables.maxDeletedTold).map(toDeleted);
}

/** Those who are near to one of these names, as living people are asked about after a typing error or by a part of a name. */
export function findNearDeleted(index: DeletedUsers, typed: readonly string[]): readonly DeletedUser[] {
  const near = typed.flatMap((name) =>
    index.near(name, directoryTunables.maxDeletedTold).nearest.map(({ item }) => item),
  );
  return [...new Set(near)].slice(0, directoryTunables.maxDeletedTold).map(toDeleted);
}

/** The id before an address of somebody who was deleted, as Microsoft Entra shows it. */
function readOwnId(address: string): string | undefined {
  const [, a, b, c, d, e] = /^([\da-f]{8})([\da-f]{4})([\da-f]{4})([\da-f]{4})([\da-f]{12}).*@/i.exec(address) ?? [];
  return a === undefined ? undefined : [a, b, c, d, e].join('-').toLowerCase();
}

function toDeleted({ user: { id, displayName, userPrincipalName, deletedAt } }: IndexedUser): DeletedUser {
  return { id, displayName, userPrincipalName, ...(deletedAt !== undefined && { deletedAt }) };
}

/**
 * Microsoft Entra puts the id of a deleted user before the address, without its dashes, so that the address is free again.
 * https://learn.microsoft.com/graph/api/resources/directory
 */
function withoutOwnId(id: string, address: string | undefined): string | undefined {
  const own = id.replaceAll('-', '').toLowerCase();
  return address?.toLowerCase().startsWith(own) === true ? address.slice(own.length) : address;
}

import { setImmediate as nextTurn } from 'node:timers/promises';
import { asId, type Clock, type CustomerId, directoryTunables, type Log } from '../../base/index.ts';
import type { AggregatePartner } from '../../partner-center/index.ts';
import { readAddressDomain } from '../customers/domains.ts';
import { createIndexCache, type IndexCache, type Progress } from '../index-cache.ts';
import type { NameIndex } from '../names/name-index.ts';
import type { ToldUsers, UserChanges } from './user-changes.ts';
import { createUserIndex, type IndexedUser, toIndexedUser } from './user-names.ts';

type UserIndex = NameIndex<IndexedUser>;

/** Of a page so many are indexed at a time, about a millisecond's work. Messages are answered and the next page is fetched meanwhile. */
const indexedAtOnce = 50;

type Correction = (index: UserIndex) => void;

type Renewal = { readonly corrections: Correction[]; readonly done: Promise<void> };

/** Where the users of customers are read, and what is told of them. */
export type UserIndexSources = {
  /** Reads indexes in the background; a question brings its own. */
  readonly partner: AggregatePartner;
  readonly clock: Clock;
  /** Most users in memory, of all customers together. */
  readonly maxUsers: number;
  /** Takes the domains of the addresses of a customer's users. */
  readonly addDomains: (customer: CustomerId, domains: ReadonlySet<string>) => void;
  /** The changes that Microsoft Graph tells; undefined where it is off. */
  readonly changes: UserChanges | undefined;
  readonly log: Log | undefined;
};

/**
 * Creates the indexes of users, by customer. They are read page by page at Partner Center. Where Microsoft Graph tells of
 * changes, everybody is read there once in the background, and from then on an index older than
 * `directoryTunables.followedIndexMilliseconds` is brought up to date by one delta query before it answers. Where Graph fails,
 * Partner Center's pages count again, and the one who asks does not notice.
 */
export function createUserIndexes({
  partner,
  clock,
  maxUsers,
  addDomains,
  changes,
  log,
}: UserIndexSources): Omit<IndexCache<UserIndex>, 'refresh' | 'renew'> {
  /** The link that asks for the next changes, of each index that Graph keeps fresh. It goes with its index. */
  const links = new WeakMap<UserIndex, string>();
  /** By customer. A direct read that comes meanwhile is newer than what the delta query tells. */
  const renewals = new Map<string, Renewal>();
  const indexes = createIndexCache<UserIndex>({
    partner,
    clock,
    maxEntries: maxUsers,
    isFollowed: (index) => links.has(index),
    async read(key, asking, progress, purpose) {
      const customer = asId<CustomerId>(key);
      if (purpose === 'background' && changes?.canFollow(customer) === true) {
        const told = await changes.readEverybody(customer);
        if (told !== undefined) {
          const index = createUserIndex();
          apply(customer, index, told);
          return index;
        }
      }
      return readAllPages(
        key,
        asking,
        progress,
        (domains) => {
          addDomains(customer, domains);
        },
        log,
      );
    },
  });

  return {
    peek: (key) => indexes.peek(key),
    correct(key, correction) {
      indexes.correct(key, correction);
      renewals.get(key)?.corrections.push(correction);
    },
    size: () => indexes.size(),
    stop() {
      indexes.stop();
    },
    async get(key, since, caller) {
      const customer = asId<CustomerId>(key);
      if (changes === undefined) return indexes.get(key, since, caller);
      await renew(changes, customer, Math.max(since, clock.now() - directoryTunables.followedIndexMilliseconds));
      const found = await indexes.get(key, since, caller);
      const isKept = indexes.peek(key)?.index === found.index;
      if (isKept && !links.has(found.index) && changes.canFollow(customer)) indexes.refresh(key);
      return found;
    },
  };

  /** Brings an index that Graph keeps fresh up to date. Several that ask at the same time share one delta query. */
  async function renew(from: UserChanges, customer: CustomerId, since: number): Promise<void> {
    const cached = indexes.peek(customer);
    const link = cached === undefined ? undefined : links.get(cached.index);
    if (cached === undefined || link === undefined || cached.readAt >= since) return;
    const renewal = renewals.get(customer) ?? startRenewal(from, customer, cached.index, link);
    await renewal.done;
  }

  function startRenewal(from: UserChanges, customer: CustomerId, index: UserIndex, link: string): Renewal {
    const corrections: Correction[] = [];
    const readAt = clock.now();
    const run = async (): Promise<void> => {
      const told = await from.readSince(customer, link).finally(() => renewals.delete(customer));
      if (told === undefined) {
        links.delete(index);
        indexes.refresh(customer);
        return;
      }
      apply(customer, index, told);
      for (const correction of corrections) correction(index);
      indexes.renew(customer, { index, readAt, readMilliseconds: clock.now() - readAt });
    };
    const renewal = { corrections, done: run() };
    renewals.set(customer, renewal);
    return renewal;
  }

  function apply(customer: CustomerId, index: UserIndex, { put, removed, link }: ToldUsers): void {
    const users = put.map(({ id, merge }) => merge(index.get(id)));
    for (const user of users) index.put(user);
    for (const id of removed) index.remove(id);
    links.set(index, link);
    const domains = users.flatMap(({ user }) => readAddressDomain(user.userPrincipalName) ?? []);
    addDomains(customer, new Set(domains));
  }
}

/**
 * Reads all users of a customer page by page into an index; Partner Center does not list deleted users. Users without an
 * id cannot be reset, so they are left out and counted in the log. Rejects with `PartnerError`.
 * See learn.microsoft.com/partner-center/developer/get-a-list-of-all-user-accounts-for-a-customer.
 */
async function readAllPages(
  customer: string,
  partner: AggregatePartner,
  progress: Progress,
  addDomains: (domains: ReadonlySet<string>) => void,
  log: Log | undefined,
): Promise<NameIndex<IndexedUser>> {
  const index = createUserIndex();
  /** By what stands behind the `@`: of a customer's users there are few. */
  const domains = new Map<string, string | undefined>();
  let read = 0;
  let skipped = 0;
  for await (const page of partner.customers
    .byId(customer)
    .users.query()
    .pages({ skipUnreadable: true, ahead: true })) {
    for (const [at, user] of page.items.entries()) {
      if (at > 0 && at % indexedAtOnce === 0) await nextTurn();
      index.put(toIndexedUser(user));
      const address = user.userPrincipalName ?? '';
      const behind = address.slice(address.lastIndexOf('@') + 1);
      // What is nothing but a domain is no address.
      if (behind !== address && address.length > behind.length + 1 && !domains.has(behind))
        domains.set(behind, readAddressDomain(address));
    }
    skipped += page.skipped;
    read += page.items.length;
    progress(read, page.totalCount);
  }
  addDomains(new Set([...domains.values()].filter((domain) => domain !== undefined)));
  if (skipped > 0) log?.({ level: 'warn', event: 'users-unreadable', customer, skipped });
  return index;
}

import { asId, type Clock, type CustomerId, isGuid, type Log, type UserId } from '../base/index.ts';
import { type AggregatePartner, type CustomerUser as PartnerUser, PartnerError } from '../partner-center/index.ts';
import type { Customer, CustomerUser, UserLookUp } from '../reset/index.ts';
import { askIndex } from './ask-index.ts';
import { createUserIndex, type IndexedUser, toIndexedUser } from './create-user-index.ts';
import type { DirectoryQuestion } from './directory-question.ts';
import { readAddressDomain } from './domains.ts';
import { createIndexCache, type Progress, timeToLive } from './index-cache.ts';
import { type Judged, judgeTyped } from './judge-typed.ts';
import type { NameIndex } from './names/create-name-index.ts';
import { plainLetters } from './names/plain-letters.ts';
import { readTrouble, readUser } from './partner-center-mapping.ts';

/** What a direct look-up says of a user: as they are now, or that there is none. */
type FreshUser = PartnerUser | 'gone';

/** The users of the customers that are asked about. */
export type UserCache = {
  /** Who is exactly what was typed at this customer. An id needs no index. Throws `PartnerError`. */
  find(customer: Customer, typed: string, question: DirectoryQuestion): Promise<Judged<CustomerUser>>;
  /** Corrects what is known by what a direct look-up said. */
  learn(customer: CustomerId, user: UserId, lesson: FreshUser): void;
  /** How many users are kept in memory. */
  size(): number;
};

export function createUserCache({
  partner,
  clock,
  mostUsers,
  learnDomains,
  log,
}: {
  readonly partner: AggregatePartner;
  readonly clock: Clock;
  /** How many users are kept in memory altogether. */
  readonly mostUsers: number;
  /** Told which domains the addresses of a customer's users have. */
  readonly learnDomains: (customer: CustomerId, domains: ReadonlySet<string>) => void;
  readonly log: Log | undefined;
}): UserCache {
  const indexes = createIndexCache<NameIndex<IndexedUser>>({
    partner,
    clock,
    budget: mostUsers,
    refreshAfter: timeToLive.refresh,
    read: (customer, through, progress) =>
      readUserIndex(
        customer,
        through,
        progress,
        (domains) => {
          learnDomains(asId<CustomerId>(customer), domains);
        },
        log,
      ),
  });

  return {
    learn,
    size: () => indexes.size(),
    async find(customer, typed, question) {
      if (isGuid(typed)) return findById(customer, asId<UserId>(typed.toLowerCase()), question);
      const owner = await findOwner(customer, typed, question);
      return owner ?? toUsers(await askIndex(indexes, customer.id, typed, question));
    },
  };

  function learn(customer: CustomerId, user: UserId, lesson: FreshUser): void {
    const isThere = lesson !== 'gone' && lesson.state !== 'inactive';
    indexes.correct(customer, (index) => {
      if (isThere) index.put(toIndexedUser(lesson));
      else index.remove(user);
    });
  }

  async function findById(
    customer: Customer,
    id: UserId,
    { partner: asking }: DirectoryQuestion,
  ): Promise<Judged<CustomerUser>> {
    const found = await readFresh(asking, customer.id, id);
    return found === 'gone'
      ? { kind: 'none', near: () => ({ items: [], more: 0 }) }
      : { kind: 'one', item: toIndexedUser(found).user };
  }

  /** Nobody else can have an address: whose it was in an index too old for names is read afresh, and no one else. */
  async function findOwner(
    customer: Customer,
    typed: string,
    question: DirectoryQuestion,
  ): Promise<Judged<CustomerUser> | undefined> {
    const kept = indexes.peek(customer.id);
    if (!typed.includes('@') || kept === undefined || kept.readAt >= question.at - timeToLive.name) return undefined;
    const before = judgeTyped(kept.index, typed);
    if (before.kind !== 'one') return undefined;
    const now = await readFresh(question.partner, customer.id, before.item.user.id);
    if (now === 'gone' || plainLetters(now.userPrincipalName ?? '') !== plainLetters(typed)) return undefined;
    return { kind: 'one', item: toIndexedUser(now).user };
  }

  async function readFresh(asking: AggregatePartner, customer: CustomerId, id: UserId): Promise<FreshUser> {
    const lesson = await asking.customers
      .byId(customer)
      .users.byId(id)
      .get()
      .catch((failure: unknown) => {
        if (failure instanceof PartnerError && (failure.code === 'user-not-found' || failure.code === 'not-found')) {
          return 'gone' as const;
        }
        throw failure;
      });
    learn(customer, id, lesson);
    return lesson;
  }
}

function toUsers(judged: Judged<IndexedUser>): Judged<CustomerUser> {
  switch (judged.kind) {
    case 'one':
      return { kind: 'one', item: judged.item.user };
    case 'several':
      return { kind: 'several', items: judged.items.map(({ user }) => user) };
    case 'none':
      return {
        kind: 'none',
        near: (furthest) => {
          const { items, more } = judged.near(furthest);
          return { items: items.map(({ user }) => user), more };
        },
      };
  }
}

/**
 * Reads one user and their roles afresh, and says to `learn` what it saw. Roles that cannot be read, for whatever reason, are `unknown`: the reset rules
 * count that as an administrator. Follows learn.microsoft.com/partner-center/developer/get-a-user-account-by-id.
 */
export async function lookUpUser(
  partner: AggregatePartner,
  customer: CustomerId,
  user: UserId,
  learn: (lesson: FreshUser) => void,
): Promise<UserLookUp> {
  const operations = partner.customers.byId(customer).users.byId(user);
  const [read, roles] = await Promise.all([
    operations.get().then(
      (found) => ({ kind: 'read', found }) as const,
      (failure: unknown) => ({ kind: 'failed', failure }) as const,
    ),
    operations.directoryRoles.get().catch((failure: unknown) => {
      readTrouble(failure);
      return 'unknown' as const;
    }),
  ]);
  if (read.kind === 'read') {
    learn(read.found);
    return { kind: 'found', user: readUser(read.found, roles) };
  }
  const { failure } = read;
  const gone = failure instanceof PartnerError && (failure.code === 'user-not-found' || failure.code === 'not-found');
  if (gone) learn('gone');
  return gone ? { kind: 'gone' } : { kind: 'trouble', trouble: readTrouble(failure) };
}

/**
 * Reads all users of a customer page by page into an index; deleted ones are not listed. An address has a domain of the
 * customer, whoever it belongs to, so `learnDomains` hears which there are. Nobody can be reset who has no id: they are
 * left out, and counted in the log. Throws `PartnerError`.
 */
async function readUserIndex(
  customer: string,
  partner: AggregatePartner,
  progress: Progress,
  learnDomains: (domains: ReadonlySet<string>) => void,
  log: Log | undefined,
): Promise<NameIndex<IndexedUser>> {
  const index = createUserIndex();
  const domains = new Set<string>();
  let read = 0;
  let skipped = 0;
  for await (const page of partner.customers.byId(customer).users.query().pages({ skipUnreadable: true })) {
    for (const user of page.items) {
      index.put(toIndexedUser(user));
      const domain = readAddressDomain(user.userPrincipalName ?? '');
      if (domain !== undefined) domains.add(domain);
    }
    skipped += page.skipped;
    read += page.items.length;
    progress(read, page.totalCount);
  }
  learnDomains(domains);
  if (skipped > 0) log?.({ level: 'warn', event: 'users-unreadable', customer, skipped });
  return index;
}

import type { Clock } from '../clock.ts';
import { asId, type CustomerId, type UserId } from '../ids.ts';
import type { Log } from '../log.ts';
import { type AggregatePartner, type CustomerUser as PartnerUser, PartnerError } from '../partner-center/index.ts';
import type { Customer, CustomerUser } from '../reset/target.ts';
import { askIndex } from './ask-index.ts';
import { createIndexCache } from './create-index-cache.ts';
import { type IndexedUser, toIndexedUser } from './create-user-index.ts';
import type { DirectoryQuestion } from './directory-question.ts';
import { howLongBelieved } from './how-long-believed.ts';
import { isGuid } from './is-guid.ts';
import { type Judged, judgeTyped } from './judge-typed.ts';
import type { NameIndex } from './names/create-name-index.ts';
import { plainLetters } from './names/plain-letters.ts';
import { readUserIndex } from './read-user-index.ts';

/** What a direct look-up says of a user: as they are now, or that there is none. */
export type UserLesson = PartnerUser | 'gone';

/** The users of the customers that are asked about. */
export type UserBook = {
  /** Who is exactly what was typed at this customer. An id needs no index. Throws `PartnerError`. */
  find(customer: Customer, typed: string, question: DirectoryQuestion): Promise<Judged<CustomerUser>>;
  /** Corrects what is known by what a direct look-up said. */
  learn(customer: CustomerId, user: UserId, lesson: UserLesson): void;
  /** How many users are kept in memory. */
  size(): number;
};

export function createUserBook({
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
}): UserBook {
  const indexes = createIndexCache<NameIndex<IndexedUser>>({
    partner,
    clock,
    budget: mostUsers,
    refreshAfter: howLongBelieved.refresh,
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

  function learn(customer: CustomerId, user: UserId, lesson: UserLesson): void {
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
    if (!typed.includes('@') || kept === undefined || kept.readAt >= question.at - howLongBelieved.name)
      return undefined;
    const before = judgeTyped(kept.index, typed);
    if (before.kind !== 'one') return undefined;
    const now = await readFresh(question.partner, customer.id, before.item.user.id);
    if (now === 'gone' || plainLetters(now.userPrincipalName ?? '') !== plainLetters(typed)) return undefined;
    return { kind: 'one', item: toIndexedUser(now).user };
  }

  async function readFresh(asking: AggregatePartner, customer: CustomerId, id: UserId): Promise<UserLesson> {
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

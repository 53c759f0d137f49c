import { asId, type CustomerId, directoryTunables, isGuid, type UserId } from '../../base/index.ts';
import type { AggregatePartner, CustomerUser as PartnerUser } from '../../partner-center/index.ts';
import type { Customer, CustomerUser, UserLookUp } from '../../reset/index.ts';
import type { Sentence, Span, Vocabulary } from '../../understanding/index.ts';
import { askIndex, type DirectoryQuestion } from '../directory-question.ts';
import { plainLetters } from '../names/fold-name.ts';
import type { NameIndex } from '../names/name-index.ts';
import { isGone, readTrouble, readUser } from '../partner-center-mapping.ts';
import { type Judged, judgeTyped } from '../search/exact-match.ts';
import { type Link, linkNames, linkParts, mayBeName, nameOf } from '../search/names-in-sentence.ts';
import { createUserIndexes, type UserIndexSources } from './read-user-index.ts';
import { type IndexedUser, toIndexedUser } from './user-names.ts';
import { oneLetter } from '../names/typing-errors.ts';

/** The result of a direct read: the user as it is now, or `gone`. */
type FreshUser = PartnerUser | 'gone';

/** The users of the customers that questions are about. */
export type UserCache = {
  /** Finds the user of a customer that has exactly this name, address or id. Rejects with `PartnerError`. */
  find(customer: Customer, typed: string, question: DirectoryQuestion): Promise<Judged<CustomerUser>>;
  /**
   * Finds the stretches of a sentence that are names of users at this customer, whole or in part. `isTaken` tells which
   * tokens are explained already. Rejects with `PartnerError`.
   */
  link(
    customer: Customer,
    sentence: Sentence,
    isTaken: (token: number) => boolean,
    vocabulary: Vocabulary,
    question: DirectoryQuestion,
  ): Promise<readonly Link<IndexedUser>[]>;
  /** Corrects the index by the result of a direct read. */
  correct(customer: CustomerId, user: UserId, fresh: FreshUser): void;
  /** Number of users in memory. */
  size(): number;
  /** Begins no further reading in the background. */
  stop(): void;
};

/** Creates the cache of users: one index for each customer, the least recently used of which goes first. */
export function createUserCache(sources: UserIndexSources): UserCache {
  const indexes = createUserIndexes(sources);

  return {
    correct,
    size: () => indexes.size(),
    stop: () => {
      indexes.stop();
    },
    async link(customer, sentence, isTaken, vocabulary, question) {
      const since = question.at - directoryTunables.nameTimeToLiveMilliseconds;
      const { index } = await indexes.get(customer.id, since, question);
      const isPlausible = (span: Span): boolean => mayBeName(sentence, span, vocabulary, 'person');
      const named = linkNames(index, sentence, isTaken, isPlausible)
        .filter(({ isPlain }) => !isPlain)
        .map((link) => addLonger(index, sentence, link));
      const isLinked = (token: number): boolean =>
        isTaken(token) || named.some(({ from, to }) => from <= token && token < to);
      return [...named, ...linkParts(index, sentence, isLinked, (span) => isPlausible(span) && mayBePart(span))];

      /** An ordinary word is a part of a name only where a name is expected. */
      function mayBePart({ from }: Span): boolean {
        const [token, before] = [sentence.tokens[from], sentence.tokens[from - 1]];
        if (token?.quote !== undefined || !vocabulary.common.has(token?.key ?? '')) return true;
        return vocabulary.startsName.has(before?.key ?? '') && sentence.tokens[from + 1]?.text !== ':';
      }
    },
    async find(customer, typed, question) {
      if (isGuid(typed)) return findById(customer, asId<UserId>(typed.toLowerCase()), question);
      const owner = await findOwner(customer, typed, question);
      return owner ?? toUsers(await askIndex(indexes, customer.id, typed, question));
    },
  };

  function correct(customer: CustomerId, user: UserId, fresh: FreshUser): void {
    const exists = fresh !== 'gone' && fresh.state !== 'inactive';
    indexes.correct(customer, (index) => {
      if (exists) index.put(toIndexedUser(fresh));
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

  /** An address belongs to one user only. So an index that is too old for names needs a fresh read of that user alone. */
  async function findOwner(
    customer: Customer,
    typed: string,
    question: DirectoryQuestion,
  ): Promise<Judged<CustomerUser> | undefined> {
    const cached = indexes.peek(customer.id);
    const nameIsFreshAfter = question.at - directoryTunables.nameTimeToLiveMilliseconds;
    if (!typed.includes('@') || cached === undefined || cached.readAt >= nameIsFreshAfter) return undefined;
    const before = judgeTyped(cached.index, typed);
    if (before.kind !== 'one') return undefined;
    const now = await readFresh(question.partner, customer.id, before.item.user.id);
    if (now === 'gone' || plainLetters(now.userPrincipalName ?? '') !== plainLetters(typed)) return undefined;
    return { kind: 'one', item: toIndexedUser(now).user };
  }

  async function readFresh(asking: AggregatePartner, customer: CustomerId, id: UserId): Promise<FreshUser> {
    const fresh = await asking.customers
      .byId(customer)
      .users.byId(id)
      .get()
      .catch((failure: unknown) => {
        if (isGone(failure, 'user-not-found')) return 'gone' as const;
        throw failure;
      });
    correct(customer, id, fresh);
    return fresh;
  }
}

/** Adds to the users for `jane` those whom `jane do` may mean: another user's name in which a letter is missing. */
function addLonger(index: NameIndex<IndexedUser>, sentence: Sentence, link: Link<IndexedUser>): Link<IndexedUser> {
  if (link.to - link.from > 1 || !link.isWhole) return link;
  const wider = [
    { from: link.from - 1, to: link.to },
    { from: link.from, to: link.to + 1 },
  ].filter(({ from, to }) => sentence.tokens[from]?.kind === 'word' && sentence.tokens[to - 1]?.kind === 'word');
  const longer = wider.flatMap(
    (span) => index.near(nameOf(sentence, span), directoryTunables.maxLongerNames, oneLetter).nearest,
  );
  return { ...link, items: [...new Set([...link.items, ...longer.map(({ item }) => item)])] };
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
 * Reads one user and their roles, without an index, and passes the user to `correct`. Roles that cannot be read are
 * `unknown`; the reset rules then treat the user as an administrator.
 * See learn.microsoft.com/partner-center/developer/get-a-user-account-by-id and get-user-roles-for-a-customer.
 */
export async function lookUpUser(
  partner: AggregatePartner,
  customer: CustomerId,
  user: UserId,
  correct: (fresh: FreshUser) => void,
): Promise<UserLookUp> {
  const operations = partner.customers.byId(customer).users.byId(user);
  const [read, roles] = await Promise.all([
    operations.get().then(
      (found) => ({ kind: 'read', found }) as const,
      (failure: unknown) => ({ kind: 'failed', failure }) as const,
    ),
    operations.directoryRoles.get().catch((failure: unknown) => ({ trouble: readTrouble(failure) })),
  ]);
  if (read.kind === 'read') {
    correct(read.found);
    return { kind: 'found', user: readUser(read.found, roles) };
  }
  const { failure } = read;
  if (!isGone(failure, 'user-not-found')) return { kind: 'trouble', trouble: readTrouble(failure) };
  correct('gone');
  return { kind: 'gone' };
}

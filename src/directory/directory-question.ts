import { type CustomerId, directoryTunables } from '../base/index.ts';
import type { AggregatePartner } from '../partner-center/index.ts';
import type { Customer, FindOptions } from '../reset/index.ts';
import { type IndexCache, notFoundTimeToLive, type Progress } from './index-cache.ts';
import type { NameIndex } from './names/name-index.ts';
import { type Judged, judgeTyped } from './search/exact-match.ts';

/** One question to the directory. */
export type DirectoryQuestion = {
  /** Carries the correlation id of the question. */
  readonly partner: AggregatePartner;
  /** When it was asked, in milliseconds since 1970. */
  readonly at: number;
  /** Whether "not found" needs a new reading; not while another part of the sentence may mean a user. */
  readonly rechecksNotFound: boolean;
  readonly inferredCustomer: CustomerId | undefined;
  /** The customers that may be searched, read and suggested; undefined: all. */
  readonly reach: FindOptions['reach'] | undefined;
  readonly onForeign: FindOptions['onForeign'];
  readonly progress: Progress | undefined;
};

/** Whether a question may touch this customer. */
export function isWithinReach(id: CustomerId, { reach }: DirectoryQuestion): boolean {
  return reach?.isEverything !== false || reach.permits(id);
}

/** Judges a typed name by an index that is new enough, and reads it again where it is not. Rejects with `PartnerError`. */
export async function askIndex<Item>(
  cache: Pick<IndexCache<NameIndex<Item>>, 'get'>,
  key: string,
  typed: string,
  question: DirectoryQuestion,
  judge: (index: NameIndex<Item>, typed: string) => Judged<Item> = judgeTyped,
): Promise<Judged<Item>> {
  const kept = await cache.get(key, question.at - directoryTunables.nameTimeToLiveMilliseconds, question);
  const judged = judge(kept.index, typed);
  const believed = notFoundTimeToLive(kept);
  if (judged.kind !== 'none' || !question.rechecksNotFound || kept.readAt >= question.at - believed) return judged;
  const again = await cache.get(key, question.at - believed, question);
  return judge(again.index, typed);
}

/** The index as the person of a question may see it. Customers out of reach that are called by a name of `typed` are reported. */
export function withinReach(
  index: NameIndex<Customer>,
  question: DirectoryQuestion,
  typed: readonly string[] = [],
): NameIndex<Customer> {
  if (question.reach?.isEverything !== false) return index;
  reportForeign(
    typed.flatMap((name) => index.exact(name).map(({ item }) => item)),
    question,
  );
  return narrowIndex(index, ({ id }) => isWithinReach(id, question));
}

export function reportForeign(named: readonly Customer[], question: DirectoryQuestion): void {
  for (const { id } of named) if (!isWithinReach(id, question)) question.onForeign?.(id);
}

/** The same index as if it held the permitted entries alone. What is corrected in one of them shows in both. */
export function narrowIndex<Item>(index: NameIndex<Item>, isPermitted: (item: Item) => boolean): NameIndex<Item> {
  return {
    get size() {
      return index.size;
    },
    get(id) {
      const item = index.get(id);
      return item !== undefined && isPermitted(item) ? item : undefined;
    },
    put: (item) => {
      index.put(item);
    },
    remove: (id) => {
      index.remove(id);
    },
    exact: (typed) => index.exact(typed).filter(({ item }) => isPermitted(item)),
    near: (typed, atMost, furthest) => index.near(typed, atMost, furthest, isPermitted),
    alike: (item) => index.alike(item).filter(isPermitted),
    looksLike: (typed) => index.looksLike(typed).filter(isPermitted),
    namesOf: (item) => index.namesOf(item),
    knows: (text) => index.knows(text),
    holding: (word) => index.holding(word).filter(isPermitted),
  };
}

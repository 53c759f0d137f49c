import type { IndexCache } from './create-index-cache.ts';
import { howLongBelieved, nobodyBelievedFor } from './how-long-believed.ts';
import { judgeTyped, type Judged } from './judge-typed.ts';
import type { NameIndex } from './names/create-name-index.ts';
import type { DirectoryQuestion } from './directory-question.ts';

/** Judges what was typed by an index young enough for the answer: it is read again where it is not. Throws `PartnerError`. */
export async function askIndex<Item>(
  cache: IndexCache<NameIndex<Item>>,
  key: string,
  typed: string,
  question: DirectoryQuestion,
): Promise<Judged<Item>> {
  const kept = await cache.get(key, question.at - howLongBelieved.name, question);
  const judged = judgeTyped(kept.index, typed);
  const believed = nobodyBelievedFor(kept);
  if (judged.kind !== 'none' || !question.doubtsNobody || kept.readAt >= question.at - believed) return judged;
  const again = await cache.get(key, question.at - believed, question);
  return judgeTyped(again.index, typed);
}

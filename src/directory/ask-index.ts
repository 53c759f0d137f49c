import type { DirectoryQuestion } from './directory-question.ts';
import { type IndexCache, notFoundTimeToLive, timeToLive } from './index-cache.ts';
import { type Judged, judgeTyped } from './judge-typed.ts';
import type { NameIndex } from './names/create-name-index.ts';

/** Judges what was typed by an index young enough for the answer: it is read again where it is not. Throws `PartnerError`. */
export async function askIndex<Item>(
  cache: IndexCache<NameIndex<Item>>,
  key: string,
  typed: string,
  question: DirectoryQuestion,
): Promise<Judged<Item>> {
  const kept = await cache.get(key, question.at - timeToLive.name, question);
  const judged = judgeTyped(kept.index, typed);
  const believed = notFoundTimeToLive(kept);
  if (judged.kind !== 'none' || !question.doubtsNobody || kept.readAt >= question.at - believed) return judged;
  const again = await cache.get(key, question.at - believed, question);
  return judgeTyped(again.index, typed);
}

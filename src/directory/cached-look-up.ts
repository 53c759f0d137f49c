import { directoryTunables } from '../base/index.ts';
import type { DirectoryQuestion } from './directory-question.ts';
import { type IndexCache, notFoundTimeToLive } from './index-cache.ts';
import { type Judged, judgeTyped } from './exact-match.ts';
import type { NameIndex } from './names/create-name-index.ts';

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

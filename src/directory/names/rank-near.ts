import { furthestWord, type WordList } from './create-word-list.ts';

/** What a typed word costs that nothing in the name is near to; a single letter is worth little. */
const missing = 16;
const missingLetter = 4;
const nobody = 255;

/** Somebody by number, and how far their name is from what was typed: the sum over the words, 0 where all are there. */
export type Ranked = { readonly holder: number; readonly distance: number };

/**
 * Who is near to the typed words, in any order: at least half of the words of more than one letter have to be in the
 * name or near to a word of it. Those with fewer such words than the best are left out.
 */
export function rankNear(
  words: WordList,
  typed: readonly string[],
  { count, gone }: { readonly count: number; readonly gone: ReadonlySet<number> },
): readonly Ranked[] {
  const distances = new Uint8Array(count);
  const one = new Uint8Array(count);
  for (const word of typed) {
    one.fill(word.length === 1 ? missingLetter : missing);
    for (const { holders, distance } of words.match(word)) {
      for (const holder of holders) if (distance < (one[holder] ?? 0)) one[holder] = distance;
    }
    for (let holder = 0; holder < count; holder += 1) distances[holder] = (distances[holder] ?? 0) + (one[holder] ?? 0);
  }
  for (const holder of gone) distances[holder] = nobody;
  let least = nobody;
  for (const distance of distances) if (distance < least) least = distance;
  const long = typed.filter((word) => word.length > 1).length;
  const most = long > 0 ? missing * Math.floor(long / 2) + missing - 1 : furthestWord * typed.length;
  const furthest = Math.min(most, (Math.floor(least / missing) + 1) * missing - 1);
  const ranked: Ranked[] = [];
  for (let holder = 0; holder < count; holder += 1) {
    const distance = distances[holder] ?? 0;
    if (distance <= furthest) ranked.push({ holder, distance });
  }
  return ranked;
}

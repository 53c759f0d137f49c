import { furthestWord, type WordList } from './word-list.ts';

const mostWords = 8;

const longestInitials = 3;

/**
 * Finds the names that are near to the typed words. It tries the words as they are, and with a space added or removed.
 * A single word that finds no name is tried as initials if it is short, and at last as a part of any word.
 */
export function searchNear(
  words: WordList,
  typed: readonly string[],
  holders: { readonly count: number; readonly gone: Pick<ReadonlySet<number>, 'has'> },
): readonly Ranked[] {
  const asTyped = typed.slice(0, mostWords);
  if (asTyped.length === 0) return [];
  const ranked = [asTyped, ...respaced(words, asTyped)].flatMap((wording) => rankNear(words, wording, holders));
  if (ranked.length > 0) return ranked;
  const [only = ''] = asTyped;
  if (asTyped.length > 1 || only.length < 2) return [];
  const initials = only.length <= longestInitials ? rankNear(words, [...only], holders) : [];
  if (initials.length > 0 || only.length < longestInitials) return initials;
  return words
    .containing(only)
    .flatMap(({ holders: those, distance }) => those.map((holder) => ({ holder, distance })))
    .filter(({ holder }) => !holders.gone.has(holder));
}

/** `ade le vance` and `adelevance`, where that makes words of a known name. */
function respaced(words: WordList, typed: readonly string[]): readonly (readonly string[])[] {
  return typed.flatMap((word, at) => {
    const [before, after] = [typed.slice(0, at), typed.slice(at + 1)];
    const next = after[0];
    const joined = next !== undefined && words.has(word + next) ? [[...before, word + next, ...after.slice(1)]] : [];
    if (words.has(word)) return joined;
    const splits = Array.from({ length: Math.max(0, word.length - 1) }, (_, cut) => [
      word.slice(0, cut + 1),
      word.slice(cut + 1),
    ]).filter((parts) => parts.every((part) => words.has(part)));
    return [...joined, ...splits.map((parts) => before.concat(parts, after))];
  });
}

/** What a typed word costs that nothing in the name is near to; a single letter is worth little. */
const missing = 16;

const missingLetter = 4;

/** Up to here every typed word of more than one letter is in the name, or near to a word of it. */
export const everyWordThere = missing - 1;

/** An entry by number, and the distance of its name from what was typed: the sum over the words, 0 where all are there. */
export type Ranked = { readonly holder: number; readonly distance: number };

/**
 * Finds the names that are near to the typed words, in any order. At least half of the typed words of more than one letter
 * have to be in the name, or near to a word of it. Names with fewer such words than the best are left out.
 */
export function rankNear(
  words: WordList,
  typed: readonly string[],
  { count, gone }: { readonly count: number; readonly gone: Pick<ReadonlySet<number>, 'has'> },
): readonly Ranked[] {
  const saved = new Uint8Array(count);
  const seenFor = new Uint8Array(count);
  const touched: number[] = [];
  typed.forEach((word, at) => {
    // The nearest word of a name is the one that counts for a typed word, and comes first.
    for (const { holders, distance } of words.match(word).toSorted((one, other) => one.distance - other.distance)) {
      for (const holder of holders) {
        if (seenFor[holder] === at + 1) continue;
        seenFor[holder] = at + 1;
        const already = saved[holder] ?? 0;
        if (already === 0 && !gone.has(holder)) touched.push(holder);
        saved[holder] = already + costOf(word) - distance;
      }
    }
  });
  const whole = typed.reduce((sum, word) => sum + costOf(word), 0);
  let least = whole;
  for (const holder of touched) least = Math.min(least, whole - (saved[holder] ?? 0));
  const long = typed.filter((word) => word.length > 1).length;
  const most = long > 0 ? missing * Math.floor(long / 2) + missing - 1 : furthestWord * typed.length;
  const furthest = Math.min(most, (Math.floor(least / missing) + 1) * missing - 1);
  const ranked: Ranked[] = [];
  for (const holder of touched) {
    const distance = whole - (saved[holder] ?? 0);
    if (distance <= furthest) ranked.push({ holder, distance });
  }
  return ranked;
}

function costOf(word: string): number {
  return word.length === 1 ? missingLetter : missing;
}

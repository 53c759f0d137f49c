import { directoryTunables } from '../../base/index.ts';
import { furthestWord, type WordList } from './word-list.ts';

/**
 * Finds the names that are near to the typed words. It tries the words as they are, and with a space added or removed.
 * A single word that finds no name is tried as initials if it is short, and at last as a part of any word.
 */
export function searchNear(
  words: WordList,
  typed: readonly string[],
  holders: { readonly count: number; readonly gone: Pick<ReadonlySet<number>, 'has'> },
): readonly Ranked[] {
  const asTyped = typed.slice(0, directoryTunables.maxTypedWords);
  if (asTyped.length === 0) return [];
  const matches = createMatches(words, holders.count);
  const ranked = [asTyped, ...respaced(words, asTyped)].flatMap((wording) => rankNear(matches, wording, holders));
  if (ranked.length > 0) return ranked;
  const [only = ''] = asTyped;
  if (asTyped.length > 1 || only.length < 2) return [];
  const initials = only.length <= directoryTunables.maxInitials ? rankNear(matches, [...only], holders) : [];
  if (initials.length > 0 || only.length < directoryTunables.maxInitials) return initials;
  const inside: Ranked[] = [];
  for (const { word, distance } of words.containing(only)) {
    words.forEachHolder(word, (holder) => {
      if (!holders.gone.has(holder)) inside.push({ holder, distance });
    });
  }
  return inside;
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
type Ranked = { readonly holder: number; readonly distance: number };

/** The words near to a typed one, the nearest first. The wordings of one question share most of theirs. */
type Matches = Pick<WordList, 'match' | 'matchInitial' | 'forEachHolder'> & {
  /** A byte for each holder, twice. New ones for each wording would keep the garbage collector busy. */
  readonly saved: Uint8Array;
  readonly seenFor: Uint8Array;
};

function createMatches(words: WordList, count: number): Matches {
  const known = new Map<string, ReturnType<WordList['match']>>();
  return {
    saved: new Uint8Array(count),
    seenFor: new Uint8Array(count),
    match(typed) {
      const found = known.get(typed) ?? words.match(typed).toSorted((one, other) => one.distance - other.distance);
      known.set(typed, found);
      return found;
    },
    matchInitial: (holder, letter) => words.matchInitial(holder, letter),
    forEachHolder: (word, call) => {
      words.forEachHolder(word, call);
    },
  };
}

/**
 * Finds the names that are near to the typed words, in any order. At least half of the typed words of more than one letter
 * have to be in the name, or near to a word of it. Names with fewer such words than the best are left out.
 */
function rankNear(
  words: Matches,
  typed: readonly string[],
  { gone }: { readonly gone: Pick<ReadonlySet<number>, 'has'> },
): readonly Ranked[] {
  const { saved, seenFor } = words;
  saved.fill(0);
  seenFor.fill(0);
  const touched: number[] = [];
  const long = typed.filter((word) => word.length > 1);
  // A name is never near by single letters alone where a longer word was typed, and half of all names have such a letter. So they
  // are looked for in the names that the longer words found.
  const initials = long.length > 0 ? typed.filter((word) => word.length === 1) : [];
  (long.length > 0 ? long : typed).forEach((word, at) => {
    const cost = costOf(word);
    // The nearest word of a name is the one that counts for a typed word, and comes first.
    for (const { word: number, distance } of words.match(word)) {
      words.forEachHolder(number, (holder) => {
        if (seenFor[holder] === at + 1) return;
        seenFor[holder] = at + 1;
        const already = saved[holder] ?? 0;
        if (already === 0 && !gone.has(holder)) touched.push(holder);
        saved[holder] = already + cost - distance;
      });
    }
  });
  for (const holder of initials.length > 0 ? touched : []) {
    for (const initial of initials) {
      const distance = words.matchInitial(holder, initial);
      if (distance !== undefined) saved[holder] = (saved[holder] ?? 0) + costOf(initial) - distance;
    }
  }
  const whole = typed.reduce((sum, word) => sum + costOf(word), 0);
  let least = whole;
  for (const holder of touched) least = Math.min(least, whole - (saved[holder] ?? 0));
  const most = long.length > 0 ? missing * Math.floor(long.length / 2) + missing - 1 : furthestWord * typed.length;
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

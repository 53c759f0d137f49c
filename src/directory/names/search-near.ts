import type { WordList } from './create-word-list.ts';
import { type Ranked, rankNear } from './rank-near.ts';

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

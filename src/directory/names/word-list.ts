import { countEdits } from './typing-errors.ts';

/** How far a word is from what was typed: the same 0, begins with it 1, one edit 2, two edits or its beginning 3. */
type WordMatch = { readonly holders: readonly number[]; readonly distance: number };

/** The furthest a word may be from what was typed. */
export const furthestWord = 3;

/** The different words of many names, each with the numbers of those whose name has it. */
export type WordList = {
  add(word: string, holder: number): void;
  has(word: string): boolean;
  /** The numbers of those whose name has this word. */
  holders(word: string): readonly number[];
  match(typed: string): readonly WordMatch[];
  /** Words that have what was typed inside. */
  containing(typed: string): readonly WordMatch[];
};

/**
 * Creates a word list. A search compares every word. That is fast enough, because there are far fewer different words than
 * names, and one comparison of bits rules most of them out.
 */
export function createWordList(): WordList {
  const numbers = new Map<string, number>();
  const words: string[] = [];
  const letters: number[] = [];
  const holders: number[][] = [];
  return {
    add(word, holder) {
      const number = numbers.get(word);
      if (number !== undefined) {
        holders[number]?.push(holder);
        return;
      }
      numbers.set(word, words.length);
      words.push(word);
      letters.push(lettersOf(word));
      holders.push([holder]);
    },
    has: (word) => numbers.has(word),
    holders: (word) => holders[numbers.get(word) ?? -1] ?? [],
    match(typed) {
      const wanted = lettersOf(typed);
      const most = mostEdits(typed);
      const matches: WordMatch[] = [];
      for (let number = 0; number < words.length; number += 1) {
        const there = letters[number] ?? 0;
        if (countsMore(wanted & ~there, most)) continue;
        const distance = distanceOf(words[number] ?? '', typed, most, !countsMore(there & ~wanted, most));
        if (distance <= furthestWord) matches.push({ holders: holders[number] ?? [], distance });
      }
      for (let length = 3; length < typed.length; length += 1) {
        const beginning = holders[numbers.get(typed.slice(0, length)) ?? -1];
        if (beginning !== undefined) matches.push({ holders: beginning, distance: furthestWord });
      }
      return matches;
    },
    containing: (typed) =>
      words.flatMap((word, number) =>
        word.includes(typed) ? [{ holders: holders[number] ?? [], distance: furthestWord }] : [],
      ),
  };
}

/** A number with another digit is another number. */
function mostEdits(typed: string): number {
  if (typed.length < 2 || /^\d+$/.test(typed)) return 0;
  return typed.length < 8 ? 1 : 2;
}

function distanceOf(word: string, typed: string, most: number, mayBeNear: boolean): number {
  if (word === typed) return 0;
  if (word.startsWith(typed)) return 1;
  if (!mayBeNear || Math.abs(word.length - typed.length) > most) return furthestWord + 1;
  const edits = countEdits(typed, word, most);
  return edits > most ? furthestWord + 1 : edits + 1;
}

function countsMore(bits: number, most: number): boolean {
  let rest = bits;
  for (let count = 0; count < most && rest !== 0; count += 1) rest &= rest - 1;
  return rest !== 0;
}

/**
 * Which letters a word has: one bit each for a to z, and five for digits and all the others. A word that is few edits
 * away has few other bits, so most words need no closer look.
 */
function lettersOf(word: string): number {
  let bits = 0;
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at);
    if (code >= 97 && code <= 122) bits |= 1 << (code - 97);
    else bits |= 1 << (26 + (code % 5));
  }
  return bits;
}

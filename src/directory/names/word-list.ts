import { createNumberLists, grow } from './number-lists.ts';
import { countEdits } from './typing-errors.ts';

/** How far a word is from what was typed: the same 0, begins with it 1, one edit 2, two edits or its beginning 3. */
type WordMatch = { readonly word: number; readonly distance: number };

/** The furthest a word may be from what was typed. */
export const furthestWord = 3;

/** The different words of many names by numbers, each with the numbers of those whose name has it. */
export type WordList = {
  add(word: string, holder: number): void;
  has(word: string): boolean;
  /** The number of a word. */
  find(word: string): number | undefined;
  /** Calls for the number of each whose name has this word. */
  forEachHolder(word: number, call: (holder: number) => void): void;
  match(typed: string): readonly WordMatch[];
  /** How far the nearest of a holder's words is from a single letter, as `match` has it; undefined: none begins with it. */
  matchInitial(holder: number, letter: string): number | undefined;
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
  // Beside the words, so that a search reads these two in a row and few of the words themselves.
  let letters = new Int32Array(0);
  let lengths = new Int32Array(0);
  const holders = createNumberLists();
  const wordsOf = createNumberLists();
  return {
    add(word, holder) {
      const known = numbers.get(word);
      const number = known ?? words.length;
      if (known === undefined) {
        numbers.set(word, number);
        words.push(word);
        if (number >= letters.length) [letters, lengths] = [grow(letters, number + 1), grow(lengths, number + 1)];
        letters[number] = lettersOf(word);
        lengths[number] = word.length;
      }
      holders.add(number, holder);
      wordsOf.add(holder, number);
    },
    has: (word) => numbers.has(word),
    find: (word) => numbers.get(word),
    forEachHolder: (word, call) => {
      holders.forEach(word, call);
    },
    match(typed) {
      const wanted = lettersOf(typed);
      const most = mostEdits(typed);
      const matches: WordMatch[] = [];
      for (let word = 0; word < words.length; word += 1) {
        const there = letters[word] ?? 0;
        const missing = wanted & ~there;
        if (countsMore(missing, most)) continue;
        const longer = (lengths[word] ?? 0) - typed.length;
        if (missing === 0 && longer >= 0 && words[word]?.startsWith(typed) === true) {
          matches.push({ word, distance: longer === 0 ? 0 : 1 });
          continue;
        }
        if (longer > most || -longer > most || countsMore(there & ~wanted, most)) continue;
        const edits = countEdits(typed, words[word] ?? '', most);
        if (edits <= most) matches.push({ word, distance: edits + 1 });
      }
      for (let length = 3; length < typed.length; length += 1) {
        const beginning = numbers.get(typed.slice(0, length));
        if (beginning !== undefined) matches.push({ word: beginning, distance: furthestWord });
      }
      return matches;
    },
    matchInitial(holder, letter) {
      let nearest: number | undefined;
      wordsOf.forEach(holder, (word) => {
        if (words[word]?.startsWith(letter) !== true) return;
        nearest = Math.min(nearest ?? 1, lengths[word] === letter.length ? 0 : 1);
      });
      return nearest;
    },
    containing: (typed) =>
      words.flatMap((text, word) => (text.includes(typed) ? [{ word, distance: furthestWord }] : [])),
  };
}

/** A number with another digit is another number. */
function mostEdits(typed: string): number {
  if (typed.length < 2 || /^\d+$/.test(typed)) return 0;
  return typed.length < 8 ? 1 : 2;
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

import { describe, expect, it } from '@jest/globals';
import { assert, constantFrom, integer, property, string } from 'fast-check';
import { countEdits } from '../../../src/directory/names/typing-errors.ts';
import { createWordList } from '../../../src/directory/names/word-list.ts';

const word = string({ unit: constantFrom(...'abcü1'), minLength: 1, maxLength: 9 });

/** By the book, without shortcuts. */
function slowly(one: string, other: string): number {
  const table = Array.from({ length: one.length + 1 }, () => Array.from({ length: other.length + 1 }, () => 0));
  const at = (row: number, column: number): number => table[row]?.[column] ?? 0;
  for (let row = 0; row <= one.length; row += 1) {
    for (let column = 0; column <= other.length; column += 1) {
      const line = table[row] ?? [];
      if (row === 0 || column === 0) {
        line[column] = row + column;
        continue;
      }
      const change = one[row - 1] === other[column - 1] ? 0 : 1;
      const ways = [at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + change];
      const swaps = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      line[column] = Math.min(...ways, swaps ? at(row - 2, column - 2) + 1 : Infinity);
    }
  }
  return at(one.length, other.length);
}

describe('edits between two words', () => {
  it('are as many as by the book, up to the most that is asked for', () => {
    assert(
      property(word, word, integer({ min: 0, max: 3 }), (one, other, most) => {
        expect(countEdits(one, other, most)).toBe(Math.min(slowly(one, other), most + 1));
      }),
    );
  });

  it('are never missed by the word list, which rules words out by their letters first', () => {
    assert(
      property(word, word, (there, typed) => {
        const list = createWordList();
        list.add(there, 7);
        const most = typed.length < 2 || /^\d+$/.test(typed) ? 0 : typed.length < 8 ? 1 : 2;
        const isNear = slowly(there, typed) <= most || there.startsWith(typed);
        expect(
          list.match(typed).some(({ word: number, distance }) => number === list.find(there) && distance <= 3),
        ).toBe(isNear || (there.length >= 3 && typed.startsWith(there)));
      }),
      { numRuns: 1000 },
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import { array, assert, integer, nat, property, tuple } from 'fast-check';
import { createHashedNumbers, createNumberLists } from '../../../src/directory/names/number-lists.ts';

const added = array(tuple(nat(40), nat(1000)), { maxLength: 300 });

describe('lists of numbers', () => {
  it('keep every number of each list, in the order in which they were added', () => {
    assert(
      property(added, (entries) => {
        const lists = createNumberLists();
        for (const [list, value] of entries) lists.add(list, value);
        for (let list = -1; list <= 41; list += 1) {
          const found: number[] = [];
          lists.forEach(list, (value) => found.push(value));
          expect(found).toEqual(entries.filter(([which]) => which === list).map(([, value]) => value));
        }
      }),
    );
  });

  it('are found by their hash, beside others in the same bucket', () => {
    const hash = integer({ min: -3, max: 3 }).map((number) => Math.imul(number, 0x10_00_00_01));
    assert(
      property(array(tuple(hash, nat(1000)), { maxLength: 300 }), (entries) => {
        const numbers = createHashedNumbers();
        for (const [key, value] of entries) numbers.add(key, value);
        for (const [key] of entries) {
          expect(numbers.find(key)).toEqual(entries.filter(([which]) => which === key).map(([, value]) => value));
        }
        expect(numbers.find(77)).toEqual([]);
      }),
    );
  });
});

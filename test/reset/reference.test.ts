import { describe, expect, it } from '@jest/globals';
import { asId, type ResetRequestId } from '../../src/base/ids.ts';
import { isReferenceOf, makeReference, readReference } from '../../src/reset/reference.ts';

const id = (number: number): ResetRequestId => asId<ResetRequestId>(`request-${number}`);

describe('a reference that can be read out', () => {
  it('is two groups of four without look-alikes and without vowels', () => {
    const letters = new Set<string>();
    for (let number = 0; number < 5000; number += 1) {
      const reference = makeReference(id(number));
      expect(reference).toMatch(/^[A-Z\d]{4}-[A-Z\d]{4}$/);
      for (const letter of reference.replace('-', '')) letters.add(letter);
    }
    expect([...letters].toSorted().join('')).toBe('3479CDFGHJKMNPQRTWXY');
  });

  it('follows from the id of the request alone, and every try has another one', () => {
    expect(makeReference(id(1))).toBe(makeReference(id(1)));
    expect(new Set([0, 1, 2, 3].map((tries) => makeReference(id(1), tries))).size).toBe(4);
    expect(isReferenceOf(makeReference(id(1), 3), id(1))).toBe(true);
    expect(isReferenceOf(makeReference(id(2)), id(1))).toBe(false);
  });

  it.each([['K7QM-3XWD'], ['k7qm-3xwd'], ['K7QM3XWD'], ['k7qm 3xwd'], ['#K7qm-3xWd']])('is read from %s', (typed) => {
    expect(readReference(typed)).toBe('K7QM-3XWD');
  });

  it.each([[''], ['K7QM'], ['K7QM-3XW0'], ['K7QM-3XWD-9'], ['3f8e6a52-6c1b-4f0e-9a57-0d7c1f6f2b11']])(
    'is not read from “%s”',
    (typed) => {
      expect(readReference(typed)).toBeUndefined();
    },
  );
});

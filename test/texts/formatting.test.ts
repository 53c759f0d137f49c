import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { sanitizeName } from '../../src/texts/formatting.ts';

describe('a name from outside', () => {
  it.each([
    ['an ordinary name stays', 'Megan Bowen', 'Megan Bowen'],
    ['other writings stay', '王秀英 محمد Ольга', '王秀英 محمد Ольга'],
    ['accents are composed', 'Zoe\u0308', 'Zoë'],
    ['line breaks and tabs become spaces', ' a\r\n\tb\u00A0\u2003c\u2028d ', 'a b c d'],
    ['bidirectional marks go', 'Ann\u202Egpj.exe\u202C\u2066\u200F', 'Anngpj.exe'],
    ['what cannot be seen goes', 'A\u200Bn\u00ADn\uFEFF\u3164\u2060\u034F', 'Ann'],
    ['control characters go', 'A\u0000n\u001Bn\u0085', 'Ann'],
    ['date macros are broken apart', '{{DATE(2020-01-01T00:00:00Z)}}', '{ {DATE(2020-01-01T00:00:00Z)}}'],
    ['macros hidden behind an invisible character too', '{\u200B{{TIME', '{ { {TIME'],
    ['a placeholder stays what it is: text', '${password}', '${password}'],
    ['towers of accents are cut', `e${'\u0316'.repeat(40)}`, 'e\u0316\u0316\u0316'],
    ['lone surrogates become the replacement character', 'a\uD800b', 'a\uFFFDb'],
    ['nothing to be seen is said so', '\u200B \u00AD', '(no name)'],
  ])('%s', (_what, name, cleaned) => {
    expect(sanitizeName(name)).toBe(cleaned);
  });

  it('is cut at 128 characters, never within one', () => {
    expect([...sanitizeName('😀'.repeat(10_000))]).toEqual([...'😀'.repeat(127), '…']);
    expect(sanitizeName('x'.repeat(128))).toBe('x'.repeat(128));
  });

  it.each([
    [undefined],
    [null],
    [5],
    [{}],
    [['a']],
    [Symbol('s')],
    [{ toString: () => '{{DATE' }],
    [{ toString: null }],
  ])('that is no text is said so', (value: unknown) => {
    expect(Reflect.apply(sanitizeName, undefined, [value])).toBe('(no name)');
  });

  it('holds its promises whatever it is made of', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.string({ unit: fc.constantFrom('{', '}', '\u200B', '\u0301', 'e', '\u202E', ' ', '$'), maxLength: 400 }),
    );
    fc.assert(
      fc.property(anything, (name) => {
        const cleaned = sanitizeName(name);
        expect([...cleaned].length).toBeLessThanOrEqual(128);
        expect(cleaned).not.toBe('');
        expect(cleaned).not.toMatch(/\{\{|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(cleaned.isWellFormed()).toBe(true);
        expect(sanitizeName(cleaned)).toBe(cleaned);
      }),
      { numRuns: 3000 },
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import { spellAloud } from '../../src/texts/spelling.ts';

describe('spelling aloud', () => {
  it('says words as words and names capital, hyphens and digits', () => {
    expect(spellAloud('Canary-marble-sunny-gravel-47')).toEqual([
      'Canary with a capital C',
      'hyphen',
      'marble',
      'hyphen',
      'sunny',
      'hyphen',
      'gravel',
      'hyphen',
      'digit 4',
      'digit 7',
    ]);
  });

  it('says anything else character by character', () => {
    expect(spellAloud('CaN+ry=%?8-x ~')).toEqual([
      'capital C as in Charlie',
      'a as in Alfa',
      'capital N as in November',
      'plus sign',
      'r as in Romeo',
      'y as in Yankee',
      'equals sign',
      'percent sign',
      'question mark',
      'digit 8',
      'hyphen',
      'x as in X-ray',
      'space',
      'the sign ~',
    ]);
  });

  it('has a word for every letter', () => {
    const said = spellAloud('abcdefghijklmnopqrstuvwxyz');
    expect(said.every((step) => /^([a-z]) as in [A-Z][a-z-]+$/.test(step))).toBe(true);
    expect(said.every((step) => step.charAt(0) === step.charAt(8).toLowerCase())).toBe(true);
  });
});

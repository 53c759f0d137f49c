import { describe, expect, it } from '@jest/globals';
import { describeLookAlike } from '../../src/texts/look-alikes.ts';

describe('what tells a name from one that looks the same', () => {
  it.each([
    ['Аdatum', 'Adatum', 'looks like another: “А” is a letter of the Cyrillic alphabet (U+0410)'],
    ['Adatum', 'Аdatum', 'looks like another: “A” is a capital A'],
    ['Adaturn Ltd', 'Adatum', 'looks like another: “rn” is a small R and a small N'],
    ['C0ntoso', 'Contoso', 'looks like another: “0” is the digit 0'],
    ['Illico', 'lllico', 'looks like another: “I” is a capital I'],
    ['Bo Lі', 'Bo Li', 'looks like another: “і” is a letter of the Cyrillic alphabet (U+0456)'],
  ])('is spelled out: %s beside %s', (name, other, difference) => {
    expect(describeLookAlike(name, ['Somebody Else', other])).toBe(difference);
  });

  it.each([
    ['Contoso', 'Contoso'],
    ['Contoso', 'CONTOSO Ltd'],
    ['Jan Müller', 'Jan Muller'],
    ['Contoso', 'Fabrikam'],
  ])('is nothing where a reader sees the difference, or there is none: %s beside %s', (name, other) => {
    expect(describeLookAlike(name, [other])).toBeUndefined();
  });
});

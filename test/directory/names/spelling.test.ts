import { describe, expect, it } from '@jest/globals';
import { assert, property, string } from 'fast-check';
import { foldName, loosenName, plainLetters, splitWords } from '../../../src/directory/names/fold-name.ts';

describe('a name', () => {
  it('letter by letter has small letters, plain marks and its accents', () => {
    expect(plainLetters(' D’Arcy  Mu\u0308ller–Lüd\u202E ')).toBe("d'arcy müller-lüd");
    expect(plainLetters('ＡＢ\u00a0c')).toBe('ab c');
  });

  it('without accents is what a keyboard without them writes', () => {
    expect(foldName('Zoë Ångström Łukasz Øre Straße')).toBe('zoe angstrom lukasz ore strasse');
  });

  it('is the same however its accents are written', () => {
    expect(['Müller', 'Mueller', 'Muller', 'MÜLLER'].map(loosenName)).toEqual(['muller', 'muller', 'muller', 'muller']);
    expect(loosenName('Åse Sørensen')).toBe(loosenName('Aase Soerensen'));
  });

  it('has words', () => {
    expect(splitWords("D’Arcy O'Reilly-Smith, 高橋 (IT)")).toEqual(['darcy', 'oreilly', 'smith', '高橋', 'it']);
  });

  it('of any kind is folded without harm', () => {
    assert(
      property(string({ unit: 'binary', maxLength: 40 }), (name) => {
        expect(plainLetters(name)).not.toMatch(/^ | $|  /);
        expect(foldName(name).isWellFormed()).toBe(name.isWellFormed());
        expect(splitWords(name).every((word) => word.length <= 40)).toBe(true);
      }),
    );
  });
});

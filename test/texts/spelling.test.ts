import { describe, expect, it } from '@jest/globals';
import { spellAloud } from '../../src/texts/spelling.ts';

describe('spelling aloud', () => {
  it('says words as words, in one line, and the underscore and the digits in the next', () => {
    expect(spellAloud('CanaryMarbleTulipGravelOtter_472')).toEqual({
      how: 'Each word begins with a capital. There are no spaces.',
      lines: [
        { label: 'Say', said: 'Canary · Marble · Tulip · Gravel · Otter' },
        { label: 'Then', said: 'underscore · 4 · 7 · 2' },
      ],
    });
  });

  it('says anything else character by character, four to a line that begins with them', () => {
    expect(spellAloud('CaN+ry=%?8-x ~')).toEqual({
      how: 'A letter is small unless it is called capital.',
      lines: [
        { label: 'CaN+', said: 'capital Charlie · alfa · capital November · plus sign' },
        { label: 'ry=%', said: 'romeo · yankee · equals sign · percent sign' },
        { label: '?8-x', said: 'question mark · 8 · hyphen · x-ray' },
        { label: ' ~', said: 'space · the sign ~' },
      ],
    });
  });

  it('says the words and the hyphens of an older password character by character, too', () => {
    const { lines } = spellAloud('Canary-plum-4');
    expect(lines.map(({ label }) => label).join('')).toBe('Canary-plum-4');
    expect(lines.at(1)).toEqual({ label: 'ry-p', said: 'romeo · yankee · hyphen · papa' });
  });

  it('has a word for every letter', () => {
    const said = spellAloud('abcdefghijklmnopqrstuvwxyz').lines.flatMap((line) => line.said.split(' · '));
    expect(said.map((word) => word.charAt(0)).join('')).toBe('abcdefghijklmnopqrstuvwxyz');
    expect(said.every((word) => /^[a-z-]{3,}$/.test(word))).toBe(true);
  });
});

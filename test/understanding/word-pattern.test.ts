import { describe, expect, it } from '@jest/globals';
import { compilePatterns, fits, readWords } from '../../src/understanding/word-pattern.ts';

/** `reset:RESET` is a word with a class, and `,` a mark. */
function words(text: string) {
  const units = text.split(' ').map((word) => ` ${(word === ',' ? ',:MARK' : word).replaceAll(':', '~')}~`);
  return readWords(units.join(''));
}

describe('a pattern over words', () => {
  it.each([
    ['RESET', 'please:LEAD reset:RESET it', true],
    ['RESET', 'please:LEAD restart it', false],
    ['reset|redo it', 'redo:RESET it', true],
    ['NOT .2 RESET', 'not:NOT ever again reset:RESET', true],
    ['NOT .1 RESET', 'not:NOT ever again reset:RESET', false],
    ['NOT .. RESET', 'not:NOT him , reset:RESET', false],
    ['NOT ... RESET', 'not:NOT him , reset:RESET', true],
    ['^ RESET', 'jane , reset:RESET it', true],
    ['^ RESET', 'we reset:RESET it', false],
    ['^^ RESET', 'jane , reset:RESET it', false],
    ['RESET it $', 'reset:RESET it , thanks', true],
    ['RESET it $$', 'reset:RESET it , thanks', false],
    ['RESET !it', 'reset:RESET it', false],
    ['RESET (the)? PASSWORD', 'reset:RESET password:PASSWORD', true],
    ['( NEED | want ) RESET', 'want reset:RESET', true],
    ['(?<! NOT ) RESET', 'not:NOT reset:RESET', false],
    ['RESET (?! NAME )', 'reset:RESET jane:NAME', false],
    ['he|NAME LEAD* RESET', 'jane:NAME please:LEAD just:LEAD reset:RESET', true],
  ])('%s in “%s”: %s', (pattern, text, expected) => {
    expect(fits(words(text), compilePatterns([pattern]))).toBe(expected);
  });

  it('is held against words only where each that it needs is there', () => {
    const [{ needs } = { needs: [] }] = compilePatterns(['(^|NAME) NOT? RESET ( it | THEM ) (?! later )']);
    expect(needs).toEqual([['RESET'], ['it', 'THEM']]);
  });
});

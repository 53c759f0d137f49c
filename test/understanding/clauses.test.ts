import { describe, expect, it } from '@jest/globals';
import { readStatements } from '../../src/understanding/clauses.ts';
import { english, readSentence } from '../../src/understanding/index.ts';

/** The moods of the clauses of a message without names, statement by statement. */
function moodsOf(typed: string): readonly (readonly string[])[] {
  const statements = readStatements(readSentence(typed, english), [], english);
  return statements.map(({ clauses }) => clauses.map(({ mood }) => mood ?? '-'));
}

describe('the clauses of a message', () => {
  it.each([
    ['please reset his password', 'order'],
    ['can you sort her a new password', 'order'],
    ['she needs a new one', 'order'],
    ['grateful if it could be reset', 'order'],
    ['he is locked out', 'lack'],
    ['she cannot remember her password', 'lack'],
    ['we reset it yesterday', 'done'],
    ['her password was reset', 'done'],
    ['I will reset it', 'told'],
    ['tell her to change it herself', 'told'],
    ["don't reset it", 'negated'],
    ['the reset is not needed', 'negated'],
    ['all sorted', 'over'],
    ['reset it tomorrow at noon', 'put-off'],
    ['if his boss agrees', 'condition'],
    ['why was it reset?', 'asked'],
    ['this is only a test', 'unreal'],
    ['the weather is nice', '-'],
  ])('have one mood each: %s', (typed, mood) => {
    expect(moodsOf(typed)).toEqual([[mood]]);
  });

  it('end at marks and at words that begin another one', () => {
    expect(moodsOf('He forgot his password, so please reset it because he is waiting. Thanks!')).toEqual([
      ['lack', 'order', '-'],
      ['-'],
    ]);
  });

  it('hold the pieces that say nothing by themselves', () => {
    expect(moodsOf('reset, tomorrow, the password')).toEqual([['put-off']]);
  });

  it('are quoted where their line is', () => {
    const [own, quoted] = readStatements(readSentence('please handle\n> reset it', english), [], english);
    expect([own?.isQuoted, quoted?.isQuoted]).toEqual([false, true]);
  });
});

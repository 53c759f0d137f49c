import { describe, expect, it } from '@jest/globals';
import { countEntraPoints, createEntraPasswordCheck } from '../../../src/reset/password/entra-password-rules.ts';

const against = { names: ['Ann Lee', 'Contoso Ltd'], bannedWords: ['blank', 'contoso', 'password'] };

describe('the password rules of Entra', () => {
  it.each([
    ['CANARY-7 is fine', []],
    ['Canar-7', ['too-short']],
    [`CANARY-7${'x'.repeat(248)}`, []],
    [`CANARY-7${'x'.repeat(249)}`, ['too-long']],
    ['CANÄRY-7x', ['not-ascii']],
    ['CANARY-7\t', ['not-ascii']],
    ['canarybird7', ['too-few-classes']],
    ['canarybirD7', []],
    ['CANARY-c0nt0$0-7', ['holds-a-name']],
    ['CANARY-x-tOso-7', ['holds-a-name']],
    ['CANARY-x-An-nLee-7', ['holds-a-name']],
    ['P@ssw0rd7!', ['too-few-points']],
    ['', ['too-short', 'too-few-classes', 'too-few-points']],
  ])('find in %p the problems %p', (password, problems) => {
    expect(createEntraPasswordCheck(against)(password)).toEqual(problems);
  });

  it('do not mind a name shorter than four characters', () => {
    expect(createEntraPasswordCheck({ names: ['Ann', 'Li'], bannedWords: [] })('CANARY-Ann-7')).toEqual([]);
  });

  it('find a name in its plain spelling, too', () => {
    expect(createEntraPasswordCheck({ names: ['Müller'], bannedWords: [] })('CANARY-muller-7')).toEqual([
      'holds-a-name',
    ]);
  });
});

describe('the points of a password', () => {
  it.each([
    ['C0ntos0Blank12', ['contoso', 'blank'], 4],
    ['ContoS0Bl@nkf9!', ['contoso', 'blank'], 5],
    ['ContosooBlank', ['contoso', 'blank'], 3],
    ['Canary', [], 6],
    ['Canary', ['canary'], 1],
    ['Canaryy', ['canary'], 1],
    ['Canaryyy', ['canary'], 3],
    ['Canbry', ['canary'], 1],
    ['Canbrx', ['canary'], 6],
    ['', ['canary'], 0],
  ])('of %p, when %p are banned, are %p', (password, banned, points) => {
    expect(countEntraPoints(password, banned)).toBe(points);
  });

  it('are at least five for four banned words and two digits, even where two words join to a third', () => {
    const banned = ['canary', 'sun', 'flower', 'shore', 'canarysun', 'sunflower', 'flowershore'];
    expect(countEntraPoints('Canary-sun-flower-shore-47', banned)).toBeGreaterThanOrEqual(5);
  });
});

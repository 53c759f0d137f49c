import { describe, expect, it } from '@jest/globals';
import { entraPasswordRules } from '../../../src/reset/password/entra-password-rules.ts';

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
    expect(entraPasswordRules(against)(password)).toEqual(problems);
  });

  it('do not mind a name shorter than four characters', () => {
    expect(entraPasswordRules({ names: ['Ann', 'Li'], bannedWords: [] })('CANARY-Ann-7')).toEqual([]);
  });

  it('find a name in its plain spelling, too', () => {
    expect(entraPasswordRules({ names: ['Müller'], bannedWords: [] })('CANARY-muller-7')).toEqual(['holds-a-name']);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { gateRules } from '../../../src/teams/gate/gate.ts';
import { refusalAnswers } from '../../../src/teams/gate/refusal-answers.ts';

const root = resolve(import.meta.dirname, '../../..');
const read = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(root, folder, file), 'utf8'))
    .join('\n');
const source = read('src/teams');
const tests = `${read('test/teams/gate')}\n${read('test/e2e')}`;

describe('the rules of the gate', () => {
  it.each(gateRules.map((rule, index) => [index + 1, rule] as const))(
    'rule %i, %s, is marked where it is enforced and named in a test',
    (number) => {
      expect(source).toMatch(new RegExp(`Rule ${number}: `));
      expect(tests).toMatch(new RegExp(`Rule ${number}\\b`));
    },
  );

  it('turn away by a 401 before the token is known to be good, and never by more than that', () => {
    const before = gateRules.slice(1, gateRules.indexOf('activity')).filter((rule) => rule !== 'keys-unavailable');
    for (const rule of before)
      expect(refusalAnswers[rule]).toEqual({ status: 401, sentence: undefined, inChat: false });
  });

  it('say something in a chat only where token, service address and tenant are known to be good', () => {
    const speaking = gateRules.filter((rule) => refusalAnswers[rule].inChat);
    expect(speaking).toEqual(['roster-silent', 'not-a-member', 'guest']);
  });
});

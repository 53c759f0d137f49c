import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { gateRules, refusalResponses } from '../../../src/teams/gate/admission.ts';

describe('how callers are turned away', () => {
  it('is by the status that says what to do: nothing, ask again later, or wait', () => {
    const byStatus = Map.groupBy(gateRules, (rule) => refusalResponses[rule].status);
    expect(Object.fromEntries(byStatus)).toEqual({
      400: ['activity'],
      401: ['token-form', 'channel', 'service-address', 'token-claims', 'token-address', 'signing-key', 'signature'],
      403: ['tenant', 'not-a-member', 'guest', 'another-tenant'],
      429: ['address-limit', 'sender-limit', 'overall-limit'],
      503: ['keys-unavailable', 'roster-silent', 'store-silent'],
    });
  });

  it('is by a sentence only where a person of the house, or their guest, asked', () => {
    const spoken = gateRules.filter((rule) => refusalResponses[rule].sentence !== undefined);
    expect(spoken).toEqual([
      'sender-limit',
      'overall-limit',
      'roster-silent',
      'not-a-member',
      'guest',
      'another-tenant',
      'store-silent',
    ]);
    const says = (rule: (typeof gateRules)[number]) => refusalResponses[rule].sentence;
    expect(says('sender-limit')).toMatch(/a lot at once.*Wait a minute/);
    expect(says('overall-limit')).toBe(says('sender-limit'));
    expect(says('roster-silent')).toMatch(/who you are.*Try again/);
    expect(says('store-silent')).toMatch(/my own records.*Try again/);
    expect(says('not-a-member')).toMatch(/members of this organisation.*Guests/);
    expect(says('guest')).toBe(says('not-a-member'));
  });

  it('is in the chat only where everything but the person is known to be good', () => {
    const inChat = gateRules.filter((rule) => refusalResponses[rule].inChat);
    expect(inChat).toEqual(['roster-silent', 'not-a-member', 'guest', 'another-tenant', 'store-silent']);
  });
});

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
      expect(refusalResponses[rule]).toEqual({ status: 401, sentence: undefined, inChat: false });
  });

  it('say something in a chat only where token, service address and tenant are known to be good', () => {
    const speaking = gateRules.filter((rule) => refusalResponses[rule].inChat);
    expect(speaking).toEqual(['roster-silent', 'not-a-member', 'guest', 'another-tenant', 'store-silent']);
  });
});

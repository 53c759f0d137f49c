import { describe, expect, it } from '@jest/globals';

import { gateRules } from '../../../src/teams/gate/gate.ts';
import { refusalAnswers } from '../../../src/teams/gate/refusal-answers.ts';

describe('how callers are turned away', () => {
  it('is by the status that says what to do: nothing, ask again later, or wait', () => {
    const byStatus = Map.groupBy(gateRules, (rule) => refusalAnswers[rule].status);
    expect(Object.fromEntries(byStatus)).toEqual({
      400: ['activity'],
      401: ['token-form', 'channel', 'service-address', 'token-claims', 'token-address', 'signing-key', 'signature'],
      403: ['tenant', 'not-a-member', 'guest'],
      429: ['address-limit', 'sender-limit', 'overall-limit'],
      503: ['keys-unavailable', 'roster-silent'],
    });
  });

  it('is by a sentence only where a person of the house, or their guest, asked', () => {
    const spoken = gateRules.filter((rule) => refusalAnswers[rule].sentence !== undefined);
    expect(spoken).toEqual(['sender-limit', 'overall-limit', 'roster-silent', 'not-a-member', 'guest']);
    const says = (rule: (typeof gateRules)[number]) => refusalAnswers[rule].sentence;
    expect(says('sender-limit')).toMatch(/a lot at once.*Wait a minute/);
    expect(says('overall-limit')).toBe(says('sender-limit'));
    expect(says('roster-silent')).toMatch(/who you are.*Try again/);
    expect(says('not-a-member')).toMatch(/members of this organisation.*Guests/);
    expect(says('guest')).toBe(says('not-a-member'));
  });

  it('is in the chat only where everything but the person is known to be good', () => {
    const inChat = gateRules.filter((rule) => refusalAnswers[rule].inChat);
    expect(inChat).toEqual(['roster-silent', 'not-a-member', 'guest']);
  });
});

import { describe, expect, it } from '@jest/globals';
import { rememberFacts } from '../../../src/reset/policy/user-facts.ts';
import type { Directory, UserLookUp } from '../../../src/reset/ports/partner-center.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { createHandClock } from '../../support/hand-clock.ts';

const { target, correlationId } = buildResetRequest();
const noCodes = { httpStatus: undefined, signInCode: undefined, partnerCode: undefined, storedWording: undefined };

/** A run whose reads give these answers, one after the other. */
function setUp(...answers: readonly UserLookUp[]) {
  const clock = createHandClock();
  let reads = 0;
  const read: Directory = {
    find: () => Promise.reject(new Error('nobody is searched for here')),
    lookUp: () => Promise.resolve(answers[reads++] ?? { kind: 'gone' }),
  };
  const { directory } = rememberFacts({ clock, directory: read });
  const lookUp = async () => (await directory.lookUp(target.customer, target.user.id, correlationId)).kind;
  return { clock, lookUp, reads: () => reads };
}

describe('what one run of a request has read of a user', () => {
  it('counts for less than five seconds', async () => {
    const { clock, lookUp, reads } = setUp({ kind: 'found', user: target.user });
    await lookUp();
    clock.advance(4999);
    await expect(lookUp()).resolves.toBe('found');
    expect(reads()).toBe(1);
    clock.advance(1);
    await expect(lookUp()).resolves.toBe('gone');
  });

  it.each(['gone', 'trouble'] as const)('does not count where it is %s: that is asked again', async (kind) => {
    const nothing = kind === 'gone' ? { kind } : { kind, trouble: { ...noCodes, code: 'no-answer' } as const };
    const { lookUp, reads } = setUp(nothing, { kind: 'found', user: target.user });
    await expect(lookUp()).resolves.toBe(kind);
    await expect(lookUp()).resolves.toBe('found');
    expect(reads()).toBe(2);
  });
});

import { describe, expect, it } from '@jest/globals';

import { createTokenBuckets } from '../../../src/teams/gate/create-token-buckets.ts';
import { gateLimits } from '../../../src/teams/gate/gate-limits.ts';
import { createHandClock } from '../../support/hand-clock.ts';

describe('the limits of the gate', () => {
  it.each([
    ['an address that is not authentic', 'perAddress', 100, 20],
    ['one person', 'perSender', 30, 1],
    ['everybody together', 'overall', 500, 100],
  ] as const)('give %s so much at once, and so much a second', (_, limit, atOnce, aSecond) => {
    const clock = createHandClock();
    const buckets = createTokenBuckets({ ...gateLimits[limit], clock });
    const takes = () => {
      let taken = 0;
      while (taken < 1000 && buckets.take('key')) taken += 1;
      return taken;
    };
    expect(takes()).toBe(atOnce);
    clock.advance(1000);
    expect(takes()).toBe(aSecond);
  });
});

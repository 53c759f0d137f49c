import { describe, expect, it } from '@jest/globals';
import {
  createAddressLimit,
  createRateLimiter,
  findAddressKey,
  gateLimits,
} from '../../../src/teams/gate/rate-limits.ts';
import { createHandClock } from '../../support/hand-clock.ts';

function start(most?: number) {
  const clock = createHandClock();
  const buckets = createRateLimiter({ burst: 3, perSecond: 2, clock, ...(most !== undefined && { most }) });
  return {
    clock,
    buckets,
    takes: (key: string, times: number) => Array.from({ length: times }, () => buckets.take(key)),
  };
}

describe('buckets', () => {
  it('give their burst and then nothing', () => {
    expect(start().takes('a', 5)).toEqual([true, true, true, false, false]);
  });

  it('are separate for every key', () => {
    const { takes } = start();
    takes('a', 3);
    expect(takes('b', 1)).toEqual([true]);
    expect(takes('a', 1)).toEqual([false]);
  });

  it('fill again with time, up to their burst and no further', () => {
    const { clock, takes } = start();
    takes('a', 3);
    clock.advance(499);
    expect(takes('a', 1)).toEqual([false]);
    clock.advance(1);
    expect(takes('a', 2)).toEqual([true, false]);
    clock.advance(60_000);
    expect(takes('a', 4)).toEqual([true, true, true, false]);
  });

  it('do not fill when asked more often', () => {
    const { clock, takes } = start();
    takes('a', 3);
    for (let time = 0; time < 9; time += 1) {
      clock.advance(50);
      expect(takes('a', 1)).toEqual([false]);
    }
    clock.advance(50);
    expect(takes('a', 2)).toEqual([true, false]);
  });

  it('lose nothing where a clock goes back', () => {
    const clock = { ...createHandClock(), at: 10_000, now: () => clock.at };
    const buckets = createRateLimiter({ burst: 1, perSecond: 1, clock });
    expect(buckets.take('a')).toBe(true);
    clock.at = 0;
    expect(buckets.take('a')).toBe(false);
    clock.at = 1000;
    expect(buckets.take('a')).toBe(true);
  });

  it('take back what does not count, and hold no more than their burst', () => {
    const { buckets, takes } = start();
    takes('a', 3);
    buckets.giveBack('a');
    expect(takes('a', 2)).toEqual([true, false]);
    for (let time = 0; time < 10; time += 1) buckets.giveBack('a');
    expect(takes('a', 4)).toEqual([true, true, true, false]);
  });

  it('are forgotten beyond the most that are kept, the one longest unused first', () => {
    const { takes } = start(2);
    takes('a', 3);
    takes('b', 3);
    takes('a', 1);
    takes('c', 1);
    expect(takes('a', 1)).toEqual([false]);
    expect(takes('b', 1)).toEqual([true]);
  });
});

describe('the limits of the gate', () => {
  it.each([
    ['an address that is not authentic', 'perAddress', 100, 20],
    ['one person', 'perSender', 30, 1],
    ['everybody together', 'overall', 500, 100],
  ] as const)('give %s so much at once, and so much a second', (_, limit, atOnce, aSecond) => {
    const clock = createHandClock();
    const buckets = createRateLimiter({ ...gateLimits[limit], clock });
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

describe('the key an address is counted under', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:192.168.100.200', '192.168.100.200'],
    ['::ffff:192.0.2.7%eth0', '192.0.2.7'],
    ['2001:db8::ffff:192.0.2.7', '2001:db8:0:0'],
    ['::ffff:1', '0:0:0:0'],
    ['::1:2:3:4:5:6', '0:0:1:2'],
    ['1::2:3:4:5:6', '1:0:0:2'],
    ['1:2:3::', '1:2:3:0'],
    ['::', '0:0:0:0'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:DB8:1:2:ffff::', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
    ['', ''],
  ])('of %j is %j', (address, key) => {
    expect(findAddressKey(address)).toBe(key);
  });
});

describe('Rule 1: the limit of an address', () => {
  const signed = 'Bearer signed';
  const startLimit = () => {
    const asked: (string | undefined)[] = [];
    const buckets = createRateLimiter({ burst: 2, perSecond: 1, clock: createHandClock() });
    const isSigned = (authorization: string | undefined): boolean => {
      asked.push(authorization);
      return authorization === signed;
    };
    const limit = createAddressLimit(buckets, isSigned);
    const comes = (address: string, authorization?: string) => limit.admit(address, authorization) !== undefined;
    return { limit, comes, asked };
  };

  it('lets an address in until its bucket is empty, and looks at no token before', () => {
    const { comes, asked } = startLimit();
    expect([1, 2].map(() => comes('a'))).toEqual([true, true]);
    expect(asked).toEqual([]);
    expect([comes('a'), comes('a', 'Bearer forged')]).toEqual([false, false]);
    expect(comes('b')).toBe(true);
  });

  it('lets a signed request in behind an empty bucket, because behind a proxy all share one address', () => {
    const { comes, asked } = startLimit();
    for (const _ of [1, 2]) comes('a');
    expect(comes('a', signed)).toBe(true);
    expect(asked).toEqual([signed]);
  });

  it('gives back what an authentic request took', () => {
    const { limit, comes } = startLimit();
    const taken = [1, 2].map(() => limit.admit('a', undefined));
    taken[0]?.giveBack();
    expect([comes('a'), comes('a')]).toEqual([true, false]);
  });

  it('gives nothing back for a signed request that took nothing, so that no forged one comes in its place', () => {
    const { limit, comes } = startLimit();
    for (const _ of [1, 2]) comes('a');
    for (const _ of [1, 2, 3]) {
      limit.admit('a', signed)?.giveBack();
      expect(comes('a', 'Bearer forged')).toBe(false);
    }
  });
});

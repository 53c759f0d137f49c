import { describe, expect, it } from '@jest/globals';

import { createTokenBuckets } from '../../../src/teams/gate/create-token-buckets.ts';
import { createHandClock } from '../../support/hand-clock.ts';

function start(most?: number) {
  const clock = createHandClock();
  const buckets = createTokenBuckets({ burst: 3, perSecond: 2, clock, ...(most !== undefined && { most }) });
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
    const buckets = createTokenBuckets({ burst: 1, perSecond: 1, clock });
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

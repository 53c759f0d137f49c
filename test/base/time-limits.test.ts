import { describe, expect, it } from '@jest/globals';
import { callWithTimeout, resolveWithin, startDeadline, wait } from '../../src/base/time-limits.ts';
import { createHandClock } from '../support/hand-clock.ts';

const never = () => new Promise<string>(() => undefined);

describe('a call with a timeout', () => {
  it('gives what the call answers or throws, and frees its timer', async () => {
    const clock = createHandClock();
    const failure = new Error('no');
    expect(await callWithTimeout(clock, 10, async () => 'yes')).toEqual({ kind: 'answered', result: 'yes' });
    expect(await callWithTimeout(clock, 10, () => Promise.reject(failure))).toEqual({ kind: 'failed', error: failure });
    expect(clock.waits).toEqual([]);
  });

  it('ends after its milliseconds, not one earlier, and tells the call to stop', async () => {
    const clock = createHandClock();
    let signal: AbortSignal | undefined;
    const outcome = callWithTimeout(clock, 10, (given) => {
      signal = given;
      return never();
    });
    clock.advance(9);
    expect(signal?.aborted).toBe(false);
    clock.advance(1);
    expect(await outcome).toEqual({ kind: 'timeout' });
    expect(signal?.aborted).toBe(true);
  });
});

describe('a result within a time', () => {
  it('is that of the promise, or another one after a failure or a timeout', async () => {
    const clock = createHandClock();
    expect(await resolveWithin(clock, 10, Promise.resolve('yes'), 'no')).toBe('yes');
    expect(await resolveWithin(clock, 10, Promise.reject(new Error('fails')), 'no')).toBe('no');
    const late = resolveWithin(clock, 10, never(), 'no');
    clock.advance(10);
    expect(await late).toBe('no');
    expect(clock.waits).toEqual([]);
  });
});

describe('a wait', () => {
  it('is over after its milliseconds', async () => {
    const clock = createHandClock();
    const over = wait(clock, 10);
    clock.advance(9);
    expect(clock.waits).toEqual([1]);
    clock.advance(1);
    await over;
  });
});

describe('a deadline', () => {
  it('passes at its instant, by the clock and by its signal', () => {
    const clock = createHandClock(1000);
    const deadline = startDeadline(clock, 10);
    expect(deadline.at).toBe(1010);
    clock.advance(9);
    expect([deadline.hasPassed(), deadline.signal.aborted]).toEqual([false, false]);
    clock.advance(1);
    expect([deadline.hasPassed(), deadline.signal.aborted]).toEqual([true, true]);
  });

  it('stays passed when the clock is set back', () => {
    const clock = createHandClock();
    let setBack = 0;
    const deadline = startDeadline({ ...clock, now: () => clock.now() - setBack }, 10);
    clock.advance(10);
    setBack = 60_000;
    expect(deadline.hasPassed()).toBe(true);
  });

  it('leaves its signal alone once it is cancelled', () => {
    const clock = createHandClock();
    const deadline = startDeadline(clock, 10);
    deadline.cancel();
    clock.advance(10);
    expect([deadline.hasPassed(), deadline.signal.aborted]).toEqual([true, false]);
  });
});

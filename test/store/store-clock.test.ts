import { describe, expect, it } from '@jest/globals';
import type { LogEvent } from '../../src/base/log.ts';
import { createStoreClock } from '../../src/store/store-clock.ts';
import { createHandClock } from '../support/hand-clock.ts';

const neverDisagree = (): never => {
  throw new Error('these clocks agree');
};

describe('the clock of the store', () => {
  it('is what now means, however wrong the machine’s own is, and is asked again every minute', async () => {
    const clock = createHandClock();
    const lines: LogEvent[] = [];
    let difference = 60_000.4;
    const asked = () => Promise.resolve(difference);
    const ours = await createStoreClock(
      { clockDifference: asked },
      clock,
      (line) => void lines.push(line),
      neverDisagree,
    );
    expect(ours.now()).toBe(clock.now() + 60_000);
    difference = -5000;
    clock.advance(60_000);
    await Promise.resolve();
    await Promise.resolve();
    expect(ours.now()).toBe(clock.now() - 5000);
    expect(lines.map(({ event }) => event)).toEqual(['clock-differs-from-store', 'clock-differs-from-store']);
    ours.stop();
    expect(clock.waits).toEqual([]);
  });

  it('keeps the last difference it knew where the store does not answer', async () => {
    const clock = createHandClock();
    let answers = true;
    const asked = () => (answers ? Promise.resolve(3000) : Promise.reject(new Error('lost')));
    const ours = await createStoreClock({ clockDifference: asked }, clock, () => undefined, neverDisagree);
    answers = false;
    clock.advance(60_000);
    await Promise.resolve();
    await Promise.resolve();
    expect(ours.now()).toBe(clock.now() + 3000);
    ours.stop();
  });

  it('is not followed beyond five minutes, at the start or later, and that is told once until both agree again', async () => {
    const clock = createHandClock();
    const told: number[] = [];
    let difference = 300_001;
    const asked = () => Promise.resolve(difference);
    const ours = await createStoreClock(
      { clockDifference: asked },
      clock,
      () => undefined,
      (by) => void told.push(by),
    );
    const ahead: number[] = [ours.now() - clock.now()];
    for (difference of [300_002, -300_000, -300_001, 25 * 3_600_000, 1000]) {
      clock.advance(60_000);
      await Promise.resolve();
      await Promise.resolve();
      ahead.push(ours.now() - clock.now());
    }
    expect(ahead).toStrictEqual([0, 0, -300_000, -300_000, -300_000, 1000]);
    expect(told).toStrictEqual([300_001, -300_001]);
    ours.stop();
  });
});

import { describe, expect, it } from '@jest/globals';
import type { LogEvent } from '../../src/base/log.ts';
import { createStoreClock } from '../../src/store/store-clock.ts';
import { createHandClock } from '../support/hand-clock.ts';

describe('the clock of the store', () => {
  it('is what now means, however wrong the machine’s own is, and is asked again every minute', async () => {
    const clock = createHandClock();
    const lines: LogEvent[] = [];
    let difference = 60_000.4;
    const asked = () => Promise.resolve(difference);
    const ours = await createStoreClock({ clockDifference: asked }, clock, (line) => void lines.push(line));
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
    const ours = await createStoreClock({ clockDifference: asked }, clock, () => undefined);
    answers = false;
    clock.advance(60_000);
    await Promise.resolve();
    await Promise.resolve();
    expect(ours.now()).toBe(clock.now() + 3000);
    ours.stop();
  });
});

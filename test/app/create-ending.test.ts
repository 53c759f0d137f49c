import { beforeEach, describe, expect, it } from '@jest/globals';
import { createEnding, type Ending } from '../../src/app/create-ending.ts';
import type { LogEvent } from '../../src/log.ts';
import { createHandClock, type HandClock } from '../support/hand-clock.ts';

describe('an ending', () => {
  let clock: HandClock;
  let said: LogEvent[];
  let ending: Ending;
  const never = () => new Promise<never>(() => undefined);

  beforeEach(() => {
    clock = createHandClock();
    said = [];
    ending = createEnding({ clock, log: (event) => said.push(event), milliseconds: 9500 });
  });

  it('waits for a part and says nothing about it', async () => {
    await ending.within('server', 1000, () => Promise.resolve());
    clock.advance(60_000);
    expect(said).toEqual([]);
  });

  it('names what does not end in its time, cuts it off, and goes on', async () => {
    let isCut = false;
    const waiting = ending.within('server', 1000, async (givenUp) => {
      await givenUp;
      isCut = true;
      await never();
    });
    clock.advance(8399);
    await Promise.resolve();
    expect(isCut).toBe(false);
    clock.advance(1);
    await settle();
    expect(isCut).toBe(true);
    clock.advance(100);
    await waiting;
    expect(said).toEqual([{ level: 'warn', event: 'end-given-up', part: 'server' }]);
  });

  it('gives every part what is left of one span, and not a span of its own', async () => {
    const first = ending.within('server', 1000, never);
    clock.advance(8500);
    await settle();
    clock.advance(100);
    await first;
    const second = ending.within('database', 0, never);
    clock.advance(900);
    await settle();
    clock.advance(100);
    await second;
    expect(said.map(({ part }) => part)).toEqual(['server', 'database']);
  });

  it('is no longer when the clock is set back in between', async () => {
    let back = 0;
    const clockSetBack = { ...clock, now: () => clock.now() - back };
    const one = createEnding({ clock: clockSetBack, log: (event) => said.push(event), milliseconds: 9500 });
    back = 3_600_000;
    const part = one.within('server', 0, never);
    clock.advance(9500);
    await settle();
    clock.advance(100);
    await part;
    expect(said).toHaveLength(1);
  });

  it('says of a part that fails that it failed, by its code alone', async () => {
    await ending.within('database', 0, () =>
      Promise.reject(Object.assign(new Error('CANARY'), { code: 'unreachable' })),
    );
    expect(said).toEqual([{ level: 'error', event: 'end-failed', part: 'database', code: 'unreachable' }]);
  });
});

/** Lets everything go on that waits for nothing but its turn. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

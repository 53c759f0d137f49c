import { type Clock, systemClock } from '../../src/base/clock.ts';

/** The real clock, which a test may move on: then it is later for everybody, and no one has waited. */
export type MovableClock = Clock & { advance(milliseconds: number): void };

export function createMovableClock(): MovableClock {
  let ahead = 0;
  return {
    ...systemClock,
    now: () => systemClock.now() + ahead,
    advance: (milliseconds) => {
      ahead += milliseconds;
    },
  };
}

import type { Clock } from '../../src/base/clock.ts';

export type StoppingClock = Clock & {
  /** Takes out of its time what the process was stopped for. */
  standStill(milliseconds: number): void;
};

/**
 * A clock that is wrong in one way: time does not pass while the process is stopped. A deadline that was set before a
 * pause then counts as if it had been set after it.
 */
export function createStoppingClock(): StoppingClock {
  let missed = 0;
  const now = (): number => Date.now() - missed;
  return {
    now,
    after(milliseconds, act) {
      const due = now() + milliseconds;
      let timer = setTimeout(look, milliseconds).unref();
      return () => {
        clearTimeout(timer);
      };
      function look(): void {
        const left = due - now();
        if (left <= 0) act();
        else timer = setTimeout(look, left).unref();
      }
    },
    standStill(milliseconds) {
      missed += milliseconds;
    },
  };
}

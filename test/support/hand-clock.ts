import type { Clock } from '../../src/base/clock.ts';

export type HandClock = Clock & {
  /** Moves time on and does what falls due, in order. */
  advance(milliseconds: number): void;
  /** How long each thing that still waits has to wait, in milliseconds. */
  readonly waits: readonly number[];
  /** Resolves once something waits that long; at once where it already does. */
  waiting(milliseconds: (wait: number) => boolean): Promise<void>;
};

/** A clock that only a test moves. */
export function createHandClock(start = 1_700_000_000_000): HandClock {
  let now = start;
  let timers: { readonly at: number; readonly act: () => void }[] = [];
  let watchers: { readonly wanted: (wait: number) => boolean; readonly resolve: () => void }[] = [];
  return {
    now: () => now,
    after(milliseconds, act) {
      const timer = { at: now + milliseconds, act };
      timers.push(timer);
      watchers = watchers.filter(({ wanted, resolve }) => {
        if (wanted(milliseconds)) resolve();
        return !wanted(milliseconds);
      });
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance(milliseconds) {
      const until = now + milliseconds;
      for (;;) {
        const [due] = timers.filter(({ at }) => at <= until).toSorted((one, other) => one.at - other.at);
        if (due === undefined) break;
        timers = timers.filter((timer) => timer !== due);
        now = Math.max(now, due.at);
        due.act();
      }
      now = until;
    },
    get waits() {
      return timers.map(({ at }) => at - now);
    },
    waiting(wanted) {
      if (timers.some(({ at }) => wanted(at - now))) return Promise.resolve();
      return new Promise((resolve) => {
        watchers.push({ wanted, resolve });
      });
    },
  };
}

import type { PartnerClock } from '../../src/partner-center/index.ts';

/** A clock that stands still: waits shorter than `patience` are over at once, and are kept; longer ones wait for `pass`. */
export type FakeClock = PartnerClock & {
  readonly waits: readonly number[];
  /** Lets time go by: what is due by then is called. */
  pass(milliseconds: number): void;
};

export function createFakeClock(start = Date.parse('2026-03-01T12:00:00Z'), patience = 1_000_000): FakeClock {
  let now = start;
  const waits: number[] = [];
  const waiting = new Map<object, { at: number; act: () => void }>();
  return {
    waits,
    now: () => now,
    after(milliseconds, act) {
      if (milliseconds < patience) {
        waits.push(milliseconds);
        now += milliseconds;
        queueMicrotask(act);
        return () => {};
      }
      const key = {};
      waiting.set(key, { at: now + milliseconds, act });
      return () => {
        waiting.delete(key);
      };
    },
    pass(milliseconds) {
      now += milliseconds;
      for (const [key, { at, act }] of waiting) {
        if (at <= now) {
          waiting.delete(key);
          act();
        }
      }
    },
  };
}

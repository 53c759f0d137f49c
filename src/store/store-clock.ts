import { type Clock, type Log, storeTunables } from '../base/index.ts';
import { StoreError } from './database/store-error.ts';

/**
 * Creates a clock that follows the store's clock, in whole milliseconds. Leases and deadlines of all instances are then
 * instants of one clock, even if the machines' clocks differ. It does not follow one that differs too much: it keeps the
 * last difference that did not, or none, and calls `disagree`, once until the clocks agree again. `stop` ends the regular readings.
 */
export async function createStoreClock(
  store: { clockDifference(): Promise<number> },
  clock: Clock,
  log: Log,
  disagree: (milliseconds: number) => void,
): Promise<Clock & { stop(): void }> {
  let ahead = 0;
  let agreed = true;
  follow(Math.round(await store.clockDifference()));
  let cancel = schedule();
  return {
    now: () => clock.now() + ahead,
    after: (milliseconds, act) => clock.after(milliseconds, act),
    stop: () => {
      cancel();
    },
  };

  function schedule(): () => void {
    return clock.after(storeTunables.clockReadMilliseconds, () => {
      void ask();
      cancel = schedule();
    });
  }

  async function ask(): Promise<void> {
    try {
      follow(Math.round(await store.clockDifference()));
    } catch {
      log({ level: 'warn', event: 'store-clock-unread' });
    }
  }

  function follow(difference: number): void {
    if (Math.abs(difference) >= storeTunables.reportedClockDifferenceMilliseconds)
      log({ level: 'warn', event: 'clock-differs-from-store', milliseconds: difference });
    const wasAgreed = agreed;
    agreed = areClocksClose(difference);
    if (agreed) ahead = difference;
    else if (wasAgreed) disagree(difference);
  }
}

/**
 * Whether the clocks of the database and of this machine agree. Limits, retention and deadlines are counted by them, and who writes to
 * the database may have a say in its clock. Where they do not agree, no one knows which one is right.
 */
export type ClockAgreement = {
  /** Takes the difference that was read last, in milliseconds. */
  observe(difference: number): void;
  readonly holds: () => boolean;
  /** Throws a `StoreError` `clocks-disagree` where they do not. */
  require(): void;
};

/** Creates the agreement of one process. Until a difference is read the clocks are taken to agree. */
export function createClockAgreement(): ClockAgreement {
  let last = 0;
  const holds = (): boolean => areClocksClose(last);
  return {
    observe(difference) {
      last = difference;
    },
    holds,
    require() {
      if (!holds()) throw new StoreError('clocks-disagree');
    },
  };
}

/** Whether that difference, in milliseconds, is small enough to go by the clock of the database. */
export function areClocksClose(difference: number): boolean {
  return Math.abs(difference) <= storeTunables.greatestClockDifferenceMilliseconds;
}

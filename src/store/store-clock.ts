import { type Clock, type Log, storeTunables } from '../base/index.ts';
import type { Store } from './open-store.ts';

/**
 * Creates a clock that follows the store's clock, in whole milliseconds. Leases and deadlines of all instances are then
 * instants of one clock, even if the machines' clocks differ. `stop` ends the regular readings.
 */
export async function createStoreClock(
  store: Pick<Store, 'clockDifference'>,
  clock: Clock,
  log: Log,
): Promise<Clock & { stop(): void }> {
  let ahead = Math.round(await store.clockDifference());
  let cancel = schedule();
  report();
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
      ahead = Math.round(await store.clockDifference());
      report();
    } catch {
      log({ level: 'warn', event: 'store-clock-unread' });
    }
  }

  function report(): void {
    if (Math.abs(ahead) >= storeTunables.reportedClockDifferenceMilliseconds)
      log({ level: 'warn', event: 'clock-differs-from-store', milliseconds: ahead });
  }
}

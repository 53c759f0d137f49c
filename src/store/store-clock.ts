import { type Clock, type Log, storeTunables } from '../base/index.ts';
import type { Store } from './open-store.ts';

/**
 * The machine's clock, set by the store's: leases and deadlines of several instances are then instants of one clock,
 * in whole milliseconds, whatever the machines' own clocks say. `stop` ends the asking.
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

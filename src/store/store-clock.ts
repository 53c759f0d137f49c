import { type Clock, type Log, storeTunables } from '../base/index.ts';
import { areClocksClose } from './clock-agreement.ts';
import type { Store } from './open-store.ts';

/**
 * Creates a clock that follows the store's clock, in whole milliseconds. Leases and deadlines of all instances are then
 * instants of one clock, even if the machines' clocks differ. It does not follow one that differs too much: it keeps the
 * last difference that did not, or none, and calls `disagree`, once until the clocks agree again. `stop` ends the regular readings.
 */
export async function createStoreClock(
  store: Pick<Store, 'clockDifference'>,
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

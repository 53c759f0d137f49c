import type { Clock } from '../../src/base/clock.ts';
import { processTunables } from '../../src/base/every-duration-and-limit.ts';

/**
 * The same clock, and what was left on it: how long each thing was to wait, in milliseconds, that still waits and outlives
 * the end of a bot. What bounds that end itself waits no longer than the end may take.
 */
export function noteWaits(clock: Clock): { readonly clock: Clock; readonly left: () => readonly number[] } {
  const waiting = new Map<symbol, number>();
  return {
    clock: {
      now: () => clock.now(),
      after(milliseconds, act) {
        const wait = Symbol();
        waiting.set(wait, milliseconds);
        const cancel = clock.after(milliseconds, () => {
          waiting.delete(wait);
          act();
        });
        return () => {
          waiting.delete(wait);
          cancel();
        };
      },
    },
    left: () =>
      [...waiting.values()].filter((milliseconds) => milliseconds > processTunables.shutdownTimeoutMilliseconds),
  };
}

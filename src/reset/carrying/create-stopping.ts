import type { Clock } from '../../clock.ts';

/** Milliseconds that work has to end as it would, and milliseconds after which nothing is waited for any more. */
const graceMilliseconds = 4000;
const longestMilliseconds = 8000;

/** How a process ends that may have work in hand. */
export type Stopping = {
  /** Aborted once work that goes on is to be left to others. */
  readonly givenUp: AbortSignal;
  /**
   * Waits until `atRest` resolves: four seconds as it is, then with everything given up, and no longer than eight seconds
   * after the first call.
   */
  within(atRest: () => Promise<unknown>): Promise<void>;
};

/** Prepares for the end. Whoever stops a process waits ten seconds before they kill it. */
export function createStopping(clock: Clock): Stopping {
  const controller = new AbortController();
  let over: Promise<void> | undefined;
  return {
    givenUp: controller.signal,
    async within(atRest) {
      over ??= begin();
      await Promise.race([atRest(), over]);
    },
  };

  function begin(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    clock.after(graceMilliseconds, () => {
      controller.abort();
    });
    clock.after(longestMilliseconds, resolve);
    return promise;
  }
}

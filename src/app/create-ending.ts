import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';

/** One span of time in which everything ends, whatever hangs. It runs from when it is made. */
export type Ending = {
  /**
   * Waits until a part has ended, but leaves `spare` milliseconds of the whole span to what comes after it. A part that does
   * not end by then, or fails to, is named in the log and left; `givenUp` resolves just before, for what can be cut off.
   */
  within(part: string, spare: number, end: (givenUp: Promise<void>) => Promise<unknown>): Promise<void>;
};

/** How long a part may take to end after it has been cut off. */
const cutMilliseconds = 100;

/** Begins the end. Whoever stops a process waits ten seconds before they kill it, so the span is shorter than that. */
export function createEnding({
  clock,
  log,
  milliseconds,
}: {
  readonly clock: Clock;
  readonly log: Log;
  readonly milliseconds: number;
}): Ending {
  const until = clock.now() + milliseconds;
  const over = Promise.withResolvers<void>();
  // By itself, so that a clock which is set back in between makes nothing longer.
  clock.after(milliseconds, over.resolve);

  return {
    async within(part, spare, end) {
      const late = Promise.withResolvers<void>();
      const cancel = clock.after(Math.max(0, until - spare - cutMilliseconds - clock.now()), late.resolve);
      const givenUp = Promise.race([late.promise, over.promise]);
      const ended = end(givenUp).then(
        () => undefined,
        (failure: unknown) => {
          const code = Error.isError(failure) && 'code' in failure ? String(failure.code) : 'defect';
          log({ level: 'error', event: 'end-failed', part, code });
        },
      );
      const isLate = await Promise.race([ended.then(() => false), givenUp.then(() => true)]);
      cancel();
      if (!isLate) return;
      log({ level: 'warn', event: 'end-given-up', part });
      await Promise.race([ended, new Promise<void>((resolve) => void clock.after(cutMilliseconds, resolve))]);
    },
  };
}

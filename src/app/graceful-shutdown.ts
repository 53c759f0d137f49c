import { type Clock, type Log, readErrorCode } from '../base/index.ts';

/** One span of time in which everything ends, whatever hangs. It runs from when it is made. */
export type Shutdown = {
  /**
   * Waits until a part has ended, but leaves `spare` milliseconds of the whole span to what comes after it. A part that does
   * not end by then, or fails to, is named in the log and left; `givenUp` resolves just before, for what can be cut off.
   */
  within(part: string, spare: number, end: (givenUp: Promise<void>) => Promise<unknown>): Promise<void>;
};

/** How long a part may take to end after it has been cut off. */
const abortGraceMilliseconds = 100;

/** Begins the end. Whoever stops a process waits ten seconds before they kill it, so the span is shorter than that. */
export function createShutdown({
  clock,
  log,
  milliseconds,
}: {
  readonly clock: Clock;
  readonly log: Log;
  readonly milliseconds: number;
}): Shutdown {
  const until = clock.now() + milliseconds;
  const over = Promise.withResolvers<void>();
  // By itself, so that a clock which is set back in between makes nothing longer.
  clock.after(milliseconds, over.resolve);

  return {
    async within(part, spare, end) {
      const late = Promise.withResolvers<void>();
      const cancel = clock.after(Math.max(0, until - spare - abortGraceMilliseconds - clock.now()), late.resolve);
      const givenUp = Promise.race([late.promise, over.promise]);
      const ended = end(givenUp).then(
        () => undefined,
        (failure: unknown) => {
          const code = readErrorCode(failure) ?? 'defect';
          log({ level: 'error', event: 'end-failed', part, code });
        },
      );
      const isLate = await Promise.race([ended.then(() => false), givenUp.then(() => true)]);
      cancel();
      if (!isLate) return;
      log({ level: 'warn', event: 'end-given-up', part });
      await Promise.race([ended, new Promise<void>((resolve) => void clock.after(abortGraceMilliseconds, resolve))]);
    },
  };
}

/** Of the whole span of an ending, what a start that is still under way leaves: it has three seconds to come to its end. */
const reservedForStopMilliseconds = 6500;

/**
 * Starts something and resolves when it has ended after somebody said so, also when that was said while it was starting: then
 * it is stopped once it has started, or left as it is where that takes too long, for example because it waits for a lock.
 * Rejects where it does not start.
 */
export async function runUntilShutdown(
  start: () => Promise<{ stop(ending: Shutdown): Promise<void> }>,
  told: Promise<Shutdown>,
): Promise<void> {
  const starting = start();
  const first = await Promise.race([starting, told.then((ending) => ({ ending }))]);
  const ending = await told;
  if (!('ending' in first)) {
    await ending.within('bot', 0, () => first.stop(ending));
    return;
  }
  let running: { stop(ending: Shutdown): Promise<void> } | undefined;
  await ending.within('start', reservedForStopMilliseconds, async () => {
    running = await starting;
  });
  await running?.stop(ending);
}

/**
 * Runs a command to its end and sets the exit status it gives. The timers of `systemClock` do not keep a process alive, so
 * a command that only waits for one would end in the middle.
 */
export async function runCommand(command: () => Promise<number>): Promise<void> {
  const hold = setInterval(() => undefined, 60_000);
  try {
    process.exitCode = await command();
  } finally {
    clearInterval(hold);
  }
}

import { type Clock, type Log, processTunables, readErrorCode, wait } from '../base/index.ts';

/** One span of time in which everything stops, even if a part hangs. It begins when this is made. */
export type Shutdown = {
  /**
   * Waits until a part has stopped, and keeps `reservedMilliseconds` of the span for what is stopped after it. The log names
   * a part that fails, or that takes longer and is given up. `abort` resolves shortly before, to cut off what can be.
   */
  stopPart(part: string, reservedMilliseconds: number, stop: (abort: Promise<void>) => Promise<unknown>): Promise<void>;
};

/** Begins the span. It has to be shorter than the ten seconds after which a process is killed. */
export function createShutdown({
  clock,
  log,
  milliseconds,
}: {
  readonly clock: Clock;
  readonly log: Log;
  readonly milliseconds: number;
}): Shutdown {
  const grace = processTunables.abortGraceMilliseconds;
  const until = clock.now() + milliseconds;
  const over = Promise.withResolvers<void>();
  // A timer of its own: a clock that is set back meanwhile makes the span no longer.
  clock.after(milliseconds, over.resolve);

  return {
    async stopPart(part, reservedMilliseconds, stop) {
      const late = Promise.withResolvers<void>();
      const cancel = clock.after(Math.max(0, until - reservedMilliseconds - grace - clock.now()), late.resolve);
      const abort = Promise.race([late.promise, over.promise]);
      const stopped = stop(abort).then(
        () => undefined,
        (failure: unknown) => {
          log({ level: 'error', event: 'end-failed', part, code: readErrorCode(failure) ?? 'defect' });
        },
      );
      const isLate = await Promise.race([stopped.then(() => false), abort.then(() => true)]);
      cancel();
      if (!isLate) return;
      log({ level: 'warn', event: 'end-given-up', part });
      await Promise.race([stopped, wait(clock, grace)]);
    },
  };
}

/** What was started and can be stopped. */
export type Running = { stop(shutdown: Shutdown): Promise<void> };

/**
 * Starts something, and resolves when it has stopped after `requested` resolved. A request during the start is served when
 * the start has ended. A start that takes too long, for example because it waits for a lock, is not waited for.
 * Rejects where the start fails.
 */
export async function runUntilShutdown(start: () => Promise<Running>, requested: Promise<Shutdown>): Promise<void> {
  const starting = start();
  const first = await Promise.race([starting, requested.then(() => undefined)]);
  const shutdown = await requested;
  if (first !== undefined) {
    await shutdown.stopPart('bot', 0, () => first.stop(shutdown));
    return;
  }
  let running: Running | undefined;
  await shutdown.stopPart('start', processTunables.shutdownReserveMilliseconds.afterStart, async () => {
    running = await starting;
  });
  await running?.stop(shutdown);
}

/** Keeps the process alive until it exits: the timers of `systemClock` do not. */
export function keepProcessAlive(): void {
  setInterval(() => undefined, 60_000);
}

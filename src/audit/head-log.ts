import type { Clock, Log } from '../base/index.ts';
import type { AuditHead } from '../store/index.ts';

type HeadLog = {
  /** Prints the head as it stands, and from then on when it is due. */
  start(): Promise<void>;
  /** Counts records that are being written. */
  readonly wrote: (records: number) => void;
  /** Prints the head for the last time. */
  stop(): Promise<void>;
};

/** Printed after so many records of this process, or after so long, whichever is first. */
const maxRecords = 100;
const maxInterval = 5 * 60_000;
/** The first head of a trail that was empty is printed this soon: records are counted before their transaction ends. */
const firstDelay = 1000;

/**
 * Prints the head of the trail to the log, where whoever alters the database does not reach it: against it a cut-off end is
 * found. Only what is committed is printed, and the first record soon, so that every log has a head. A head that stands as it was printed last is left out but at start and stop.
 */
export function createHeadLog({
  head,
  clock,
  log,
}: {
  readonly head: () => Promise<AuditHead | undefined>;
  readonly clock: Clock;
  readonly log: Log;
}): HeadLog {
  let records = 0;
  let printed = '';
  let printing: Promise<void> = Promise.resolve();
  let cancelTimer: (() => void) | undefined;
  let cancelFirst: (() => void) | undefined;

  const readAndPrint = async (isAsked: boolean): Promise<void> => {
    try {
      const now = await head();
      if (now === undefined || (!isAsked && now.hash === printed)) return;
      printed = now.hash;
      log({ level: 'info', event: 'audit-head', number: now.number, hash: now.hash });
    } catch {
      log({ level: 'warn', event: 'audit-head-unreadable' });
    }
  };

  const print = (isAsked: boolean): Promise<void> => {
    printing = printing.then(() => readAndPrint(isAsked));
    return printing;
  };

  const schedule = (): void => {
    cancelTimer?.();
    cancelTimer = clock.after(maxInterval, () => {
      void printWhenDue();
    });
  };

  const printWhenDue = (): Promise<void> => {
    records = 0;
    schedule();
    return print(false);
  };

  const printFirst = (): void => {
    cancelFirst ??= clock.after(firstDelay, () => {
      cancelFirst = undefined;
      void print(false);
    });
  };

  return {
    start() {
      schedule();
      return print(true);
    },
    wrote(count) {
      records += count;
      if (cancelTimer === undefined) return;
      if (records >= maxRecords) void printWhenDue();
      else if (printed === '') printFirst();
    },
    stop() {
      cancelTimer?.();
      cancelTimer = undefined;
      cancelFirst?.();
      return print(true);
    },
  };
}

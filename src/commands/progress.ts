import type { Writable } from 'node:stream';
import { type Clock, commandTunables } from '../base/index.ts';

/** Where a command says how far it is: standard error, so that what it found can go into a file. */
export type ProgressOutput = Writable & { readonly isTTY?: boolean };

/**
 * Waits for `work`, and says what is being done where that takes longer than two seconds. On a terminal the line goes away
 * again; elsewhere it stays.
 */
export async function withProgress<Result>(
  what: string,
  work: () => Promise<Result>,
  { clock, errors }: { readonly clock: Pick<Clock, 'after'>; readonly errors: ProgressOutput },
): Promise<Result> {
  const isTerminal = errors.isTTY === true;
  let isShown = false;
  const cancel = clock.after(commandTunables.progressAfterMilliseconds, () => {
    isShown = true;
    errors.write(isTerminal ? `${what} …` : `${what} …\n`);
  });
  try {
    return await work();
  } finally {
    cancel();
    if (isShown && isTerminal) errors.write(clearLine);
  }
}

/** Says how many rows are done: on a terminal in one line that changes, otherwise now and then. */
export function createRowCounter(errors: ProgressOutput) {
  const isTerminal = errors.isTTY === true;
  let said = 0;
  return {
    show(done: number, of: number): void {
      if (isTerminal) {
        errors.write(`\r${done} of ${of} rows`);
      } else if (done - said >= commandTunables.auditProgressRows) {
        said = done;
        errors.write(`${done} of ${of} rows\n`);
      }
    },
    done(): void {
      if (isTerminal) errors.write(clearLine);
    },
  } as const;
}

const clearLine = '\r\u001B[K';

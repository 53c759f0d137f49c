import type { Writable } from 'node:stream';

/** Without a terminal a line is written for so many rows. */
const rowsPerLine = 100_000;

/** Says how far a check is: on a terminal in one line that changes, otherwise now and then. */
export function createProgress(errors: Writable & { readonly isTTY?: boolean }) {
  const isTerminal = errors.isTTY === true;
  let said = 0;
  return {
    show(checked: number, of: number): void {
      if (isTerminal) {
        errors.write(`\r${checked} of ${of} rows`);
      } else if (checked - said >= rowsPerLine) {
        said = checked;
        errors.write(`${checked} of ${of} rows\n`);
      }
    },
    done(): void {
      if (isTerminal) errors.write('\r\u001B[K');
    },
  } as const;
}

import type { Restore } from './restore.ts';

/** Says where a trail was restored, and from when the backup was. */
export function sayRestore({ row, at, from }: Restore): string {
  const backup = from === undefined ? 'a backup' : `a backup of ${sayInstant(from)}`;
  return `The trail was restored from ${backup} and goes on with row ${row}, written ${sayInstant(at)}.`;
}

/** What stands in a record need not be an instant. */
function sayInstant(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? 'at no time there is' : date.toISOString();
}

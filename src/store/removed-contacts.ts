import { type Kysely, sql } from 'kysely';
import type { Schema } from './database/database.ts';
import { readRowMark } from './rows/row-authentication.ts';
import type { RowGuard } from './rows/row-guard.ts';

/** Which contacts are looked for: the one of this name in the trail, or those whose name begins and ends so. */
type Wanted = { readonly key: string } | { readonly begin: string; readonly end?: string };

/**
 * Finds the contacts that the trail says are there and that are not, and reports each: somebody has removed its row past
 * Locksmith. Returns their names in the trail.
 *
 * It is one statement, so trail and rows are of one instant. It goes from name to name in the index of the trail, and so
 * takes as many steps as there are people, not records.
 */
export async function findRemovedContacts(
  db: Kysely<Schema>,
  guard: Pick<RowGuard, 'noteRemoved' | 'remembered'>,
  wanted: Wanted,
): Promise<readonly string[]> {
  const isOne = 'key' in wanted;
  const from = isOne ? wanted.key : wanted.begin;
  const to = isOne ? sql`row_key = ${from}` : sql`row_key < ${endOf(from)}`;
  const { rows } = await sql<{ readonly row_key: string }>`
    with recursive names (row_key) as (
      select min(row_key) from audit_records where row_key >= ${from} and ${to}
      union all
      select (select min(audit_records.row_key) from audit_records
        where audit_records.row_key > names.row_key and audit_records.${to})
      from names where names.row_key is not null
    )
    select names.row_key from names
    where names.row_key is not null
    and (select row_mac from audit_records where audit_records.row_key = names.row_key
      and number <= (select number from audit_head) order by number desc limit 1) is not null
    and names.row_key not in (select 'contacts/' || object_id || '/' || tenant_id from contacts)`.execute(db);
  const removed = rows
    .map(({ row_key: key }) => key)
    .filter((key) => isOne || wanted.end === undefined || key.endsWith(wanted.end));
  // Somebody may have hidden the record from the index. This process remembers it.
  const isHidden = isOne && removed.length === 0 && isThere(guard.remembered(from));
  const names = isHidden ? [from] : removed;
  for (const key of names) guard.noteRemoved('contacts', key);
  return names;
}

function isThere(mark: string | undefined): boolean {
  return readRowMark(mark ?? null)?.mac !== undefined;
}

/** The first text behind all those that begin so. */
function endOf(begin: string): string {
  return `${begin.slice(0, -1)}0`;
}

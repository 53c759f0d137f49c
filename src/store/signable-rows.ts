import { type Kysely, sql } from 'kysely';
import { storeTunables } from '../base/index.ts';
import type { Schema } from './database/database.ts';
import { primaryKeys, type SignedTable } from './row-authentication.ts';

/** A row of any of the signed tables, by the names of its columns. */
export type SignableRow = Readonly<Record<string, string | number | null>>;

/** At most a page of the rows of a table as they stand, in the order of the primary key, after that row or from the first one. */
export async function readSignablePage(
  db: Kysely<Schema>,
  table: SignedTable,
  after: SignableRow | undefined,
): Promise<readonly SignableRow[]> {
  const columns = sql.join(primaryKeys[table].map((column) => sql.ref(column)));
  const behind = after === undefined ? sql`` : sql`where (${columns}) > (${sql.join(keysOf(table, after))})`;
  const { rows } = await sql<SignableRow>`
    select * from ${sql.table(table)} ${behind} order by ${columns} limit ${storeTunables.comparedPageRows}`.execute(
    db,
  );
  return rows;
}

/** Yields every row of a table, a page at a time. */
export async function* readSignableRows(
  read: (after: SignableRow | undefined) => Promise<readonly SignableRow[]>,
): AsyncGenerator<readonly SignableRow[], void> {
  let last: SignableRow | undefined;
  for (;;) {
    const page: readonly SignableRow[] = await read(last);
    yield page;
    last = page.at(-1);
    if (page.length < storeTunables.comparedPageRows) return;
  }
}

/** Writes the MAC of a row that stands there. */
export async function writeMac(db: Kysely<Schema>, table: SignedTable, row: SignableRow, mac: string): Promise<void> {
  const columns = sql.join(primaryKeys[table].map((column) => sql.ref(column)));
  await sql`update ${sql.table(table)} set mac = ${mac} where (${columns}) = (${sql.join(keysOf(table, row))})`.execute(
    db,
  );
}

/** The name of such a row in the trail. */
export function nameSignable(table: SignedTable, row: SignableRow): string {
  return [table, ...keysOf(table, row)].join('/').toWellFormed();
}

function keysOf(table: SignedTable, row: SignableRow): readonly string[] {
  return primaryKeys[table].map((column) => String(row[column]));
}

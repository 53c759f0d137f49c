import { type Kysely, sql } from 'kysely';
import { storeTunables } from '../base/index.ts';
import type { Schema } from './database/database.ts';
import { primaryKeys, type SignedTable } from './row-authentication.ts';

/** A row of any of the signed tables, by the names of its columns. */
export type SignableRow = Readonly<Record<string, string | number | null>>;

/** Yields every row of a table as it stands, in the order of its primary key, a page at a time. */
export async function* readSignableRows(
  db: Kysely<Schema>,
  table: SignedTable,
): AsyncGenerator<readonly SignableRow[], void> {
  const columns = sql.join(primaryKeys[table].map((column) => sql.ref(column)));
  let last: SignableRow | undefined;
  for (;;) {
    const after: SignableRow | undefined = last;
    const behind = after === undefined ? sql`` : sql`where (${columns}) > (${sql.join(keysOf(table, after))})`;
    const { rows } = await sql<SignableRow>`
      select * from ${sql.table(table)} ${behind} order by ${columns} limit ${storeTunables.comparedPageRows}`.execute(
      db,
    );
    yield rows;
    last = rows.at(-1);
    if (rows.length < storeTunables.comparedPageRows) return;
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

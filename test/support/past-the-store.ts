import { sql } from 'kysely';
import { Secret } from '../../src/base/secret.ts';
import { openDatabase } from '../../src/store/database/open-database.ts';
import { type SignedTable, signedTables } from '../../src/store/rows/row-authentication.ts';
import { dropGuards } from './drop-guards.ts';

/** What stands in one row, by column. */
export type RawRow = Readonly<Record<string, string | number | null>>;

/** The hand of somebody who may write to every table of the database, and has no key. */
export type PastTheStore = {
  /** Every table of the database, with its columns, as the database describes itself. */
  tables(): Promise<readonly { readonly name: string; readonly columns: readonly string[] }[]>;
  rows(table: string): Promise<readonly RawRow[]>;
  /** Runs one statement. */
  run(statement: string): Promise<void>;
  /** Writes these columns of the rows that the condition names. */
  set(table: string, change: RawRow, where: string): Promise<void>;
  insert(table: string, row: RawRow): Promise<void>;
  /** Puts these rows in place of all that stand in the table. */
  putBack(table: string, rows: readonly RawRow[]): Promise<void>;
  /** Takes away what the database itself forbids. */
  dropGuards(): Promise<void>;
  close(): Promise<void>;
};

export async function reachPastTheStore(url: Secret): Promise<PastTheStore> {
  const { db, kind, close } = await openDatabase(url, 'consent', undefined);
  const run = async (statement: string): Promise<void> => {
    await sql.raw(statement).execute(db);
  };
  const insert: PastTheStore['insert'] = async (table, row) => {
    const names = sql.join(Object.keys(row).map((name) => sql.ref(name)));
    await sql`insert into ${sql.table(table)} (${names}) values (${sql.join(Object.values(row))})`.execute(db);
  };
  return {
    run,
    insert,
    close,
    async tables() {
      const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
      return tables.map(({ name, columns }) => ({ name, columns: columns.map((column) => column.name) }));
    },
    rows: async (table) => (await sql<RawRow>`select * from ${sql.table(table)}`.execute(db)).rows,
    async set(table, change, where) {
      const changes = Object.entries(change).map(([name, value]) => sql`${sql.ref(name)} = ${value}`);
      await sql`update ${sql.table(table)} set ${sql.join(changes)} where ${sql.raw(where)}`.execute(db);
    },
    async putBack(table, rows) {
      await sql`delete from ${sql.table(table)}`.execute(db);
      for (const row of rows) await insert(table, row);
    },
    dropGuards: async () => {
      for (const statement of dropGuards[kind].split(';').filter((one) => one.trim() !== '')) await run(statement);
    },
  };
}

/** Another value of the same kind. */
export function changeValue(value: string | number | null): string | number {
  if (typeof value === 'number') return value + 1;
  return value === null ? 1 : `${value}x`;
}

export function isSignedTable(name: string): name is SignedTable {
  return signedTables.some((table) => table === name);
}

import { DatabaseSync } from 'node:sqlite';
import { Pool } from 'pg';

/** How the requests for one user stand in the store, all together. */
export type StoredRequests = {
  /** Where somebody works on one, or is to soon. */
  readonly isAtRest: boolean;
  /** How many sealed passwords there are. */
  readonly sealed: number;
  /** Records of tries in the trail. */
  readonly tries: number;
  /** Steps that were committed, and records of them in the trail. */
  readonly steps: number;
  readonly records: number;
};

export type StoreLook = {
  requestsFor(userId: string): Promise<StoredRequests>;
  /** Every row of every table, as text: in its files a database may keep long values packed. */
  everything(): Promise<string>;
  close(): Promise<void>;
};

/** What is due later than this is not worked on now. */
const soonMilliseconds = 120_000;

const rowsOf = (parameter: string): string => `
  select count(case when lease_until is not null or (due_at is not null and due_at < ${parameter}2) then 1 end) as busy,
    count(sealed_ciphertext) as sealed,
    coalesce(sum(version), 0) as steps,
    (select count(*) from audit_records where kind <> 'click-refused'
      and request_id in (select id from reset_requests where user_id = ${parameter}1)) as records,
    (select count(*) from audit_records where kind = 'try-started' and user_id = ${parameter}1) as tries
  from reset_requests where user_id = ${parameter}1`;

/** Looks into the tables beside the bots, which are not asked. */
export function lookIntoStore(databaseUrl: string): StoreLook {
  const soon = () => Date.now() + soonMilliseconds;
  if (databaseUrl.startsWith('sqlite:')) {
    const file = databaseUrl.slice('sqlite:'.length);
    return {
      requestsFor(userId) {
        const database = new DatabaseSync(file, { readOnly: true });
        const row = database.prepare(rowsOf('?')).get(userId, soon());
        database.close();
        return Promise.resolve(readRow(row));
      },
      everything() {
        const database = new DatabaseSync(file, { readOnly: true });
        const tables = database.prepare("select name from sqlite_master where type = 'table'").all();
        const rows = tables.flatMap(({ name }) => database.prepare(`select * from "${String(name)}"`).all());
        database.close();
        return Promise.resolve(rows.map((row) => Object.values(row).map(String).join(' ')).join('\n'));
      },
      close: () => Promise.resolve(),
    };
  }
  // Several requests are looked at at once, and one client takes one query at a time.
  const pool = new Pool({ connectionString: databaseUrl, max: 2 });
  // A server that dies takes its connections along; the next look makes a new one.
  pool.on('error', () => {});
  return {
    async requestsFor(userId) {
      const { rows } = await pool.query<Record<string, unknown>>(rowsOf('$'), [userId, soon()]);
      return readRow(rows[0]);
    },
    async everything() {
      const tables = await pool.query<{ name: string }>(
        "select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public'",
      );
      const rows: string[] = [];
      for (const { name } of tables.rows) {
        const found = await pool.query<{ text: string }>(`select one::text as text from ${name} one`);
        rows.push(...found.rows.map(({ text }) => text));
      }
      return rows.join('\n');
    },
    close: () => pool.end(),
  };
}

function readRow(row: Record<string, unknown> | undefined): StoredRequests {
  const number = (name: string): number => Number(row?.[name]);
  return {
    isAtRest: number('busy') === 0,
    sealed: number('sealed'),
    tries: number('tries'),
    steps: number('steps'),
    records: number('records'),
  };
}

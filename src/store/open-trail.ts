import { sql } from 'kysely';
import type { Secret } from '../secret.ts';
import type { AuditHead } from './audit-head.ts';
import { auditCheck } from './begin-chain.ts';
import type { Database } from './database.ts';
import { requireCurrentSchema } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import { readTrailRows, type TrailRow } from './read-trail-rows.ts';
import { reportFailure } from './report-failure.ts';

/** The trail, read beside a running bot. Whatever the database refuses is a `StoreError`. */
export type Trail = {
  readonly kind: Database['kind'];
  /** How the trail stands at one instant. */
  bounds(): Promise<TrailBounds>;
  /** At most so many rows as they stand, in order, after that number or from the very first. */
  rows(after: number | undefined, atMost: number): Promise<readonly TrailRow[]>;
  close(): Promise<void>;
};

export type TrailBounds = {
  /** What the table of the head holds; undefined where it was emptied. */
  readonly head: AuditHead | undefined;
  readonly rows: number;
  /** Where the chain begins, as its key says; undefined before the bot has first run with a key. */
  readonly check: string | undefined;
};

/**
 * Opens the trail to read. There is no transaction around the reading: rows are only ever added, in the order in which
 * they are committed, so what is read in parts is what one reading would have given; and a transaction that lasts would
 * keep SQLite from clearing its log of what was erased. Tables of another program are refused.
 */
export async function openTrail(url: Secret): Promise<Trail> {
  const database = await reportFailure(() => Promise.resolve(openDatabase(url, 'reader', undefined)));
  const { db } = database;
  try {
    await reportFailure(() => requireCurrentSchema(db));
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    kind: database.kind,
    bounds: () => reportFailure(() => readBounds(database)),
    rows: (after, atMost) => reportFailure(() => readTrailRows(database, after, atMost)),
    close: () => reportFailure(() => database.close()),
  };
}

/** One statement, and so one instant on both databases. */
async function readBounds({ db }: Database): Promise<TrailBounds> {
  const { rows } = await sql<{ rows: number; number: string | null; hash: string | null; checked: string | null }>`
    select (select count(*) from audit_records) as rows,
      (select cast(number as text) from audit_head where id = 1) as number,
      (select hash from audit_head where id = 1) as hash,
      (select value from settings where name = ${auditCheck}) as checked`.execute(db);
  const [row] = rows;
  const { number = null, hash = null } = row ?? {};
  return {
    head: number === null || hash === null ? undefined : { number: Number(number), hash },
    rows: row?.rows ?? 0,
    check: row?.checked ?? undefined,
  };
}

import { sql, type Kysely } from 'kysely';
import type { Secret } from '../secret.ts';
import { countMissing } from './count-missing.ts';
import type { Database } from './database.ts';
import { findTableFaults, type TableFaults } from './find-table-faults.ts';
import { requireCurrentSchema } from './migrate.ts';
import { openToAudit } from './open-to-audit.ts';
import { readTrailBounds, type TrailBounds } from './read-trail-bounds.ts';
import { readTrailRows, type TrailRow } from './read-trail-rows.ts';
import { reportFailure } from './report-failure.ts';
import type { Schema } from './schema.ts';

/** The trail, read beside a running bot. Whatever the database refuses is a `StoreError`. */
export type Trail = {
  readonly kind: Database['kind'];
  /** How the trail stands at one instant. */
  bounds(): Promise<TrailBounds>;
  /** What is not as the migrations make it in the tables of the trail. */
  tables(): Promise<TableFaults>;
  /** At most so many rows as they stand, in order, after that number or from the very first. */
  rows(after: number | undefined, atMost: number): Promise<readonly TrailRow[]>;
  /** The greatest number that any row has; undefined where none has one. */
  lastNumber(): Promise<number | undefined>;
  /** How many rows fewer there are than the head says; undefined where that cannot be said. */
  missing(): Promise<number | undefined>;
  close(): Promise<void>;
};

/**
 * Opens the trail to read. There is no transaction around the reading: rows are only ever added, in the order in which
 * they are committed, so what is read in parts is what one reading would have given; and a transaction that lasts would
 * keep SQLite from clearing its log of what was erased. Tables of another program are refused.
 */
export async function openTrail(url: Secret): Promise<Trail> {
  let { database, isOvertaken } = await reportFailure(() => Promise.resolve(openToAudit(url)));
  try {
    await read(({ db }) => requireCurrentSchema(db));
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    kind: database.kind,
    bounds: () => read(readTrailBounds),
    tables: () => read(findTableFaults),
    rows: (after, atMost) => read((one) => readTrailRows(one, after, atMost)),
    lastNumber: () => read(({ db }) => readLastNumber(db)),
    missing: () => read(countMissing),
    close: () => reportFailure(() => database.close()),
  };

  /** What was read of a file that nobody wrote is read again where a bot has started on it meanwhile. */
  async function read<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
    const [first] = await Promise.allSettled([reportFailure(() => work(database))]);
    if (isOvertaken()) {
      await database.close();
      ({ database, isOvertaken } = await reportFailure(() => Promise.resolve(openToAudit(url))));
      return reportFailure(() => work(database));
    }
    if (first.status === 'rejected') throw first.reason;
    return first.value;
  }
}

/** What is no number stands behind all numbers on SQLite. */
async function readLastNumber(db: Kysely<Schema>): Promise<number | undefined> {
  const { rows } = await sql<{ last: string | null }>`
    select cast(max(number) as text) as last from audit_records where number < ${Number.MAX_SAFE_INTEGER}`.execute(db);
  const last = rows[0]?.last ?? undefined;
  return last === undefined ? undefined : Number(last);
}

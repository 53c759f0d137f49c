import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Kysely, sql } from 'kysely';
import type { Secret } from '../../base/index.ts';
import { readDatabaseUrl } from '../../config/index.ts';
import { type Database, type Schema, withStoreErrors } from '../database/database.ts';
import { requireCurrentSchema } from '../database/migrate.ts';
import { openDatabase } from '../database/open-database.ts';
import type { SignedTable } from '../rows/row-authentication.ts';
import { readSignablePage, type SignableRow } from '../rows/take-over-rows.ts';
import { findTableFaults, type TableFaults } from './schema-drift.ts';
import { countMissingRows, readTrailBounds, readTrailRows, type TrailBounds, type TrailRow } from './trail-rows.ts';
import { type AuditHead, readTrailEnd } from './chain-head.ts';

/** The trail, read beside a running bot. Every failure of the database is a `StoreError`. */
export type Trail = {
  readonly kind: Database['kind'];
  /** How the trail stands at one instant. */
  bounds(): Promise<TrailBounds>;
  /** What is not as the migrations make it in the tables of the trail. */
  tables(): Promise<TableFaults>;
  /** At most so many rows as they stand, in order, after that number or from the very first. */
  rows(after: number | undefined, atMost: number): Promise<readonly TrailRow[]>;
  /** The end of the trail. Throws a `StoreError` `audit-end-altered` where head and last record do not agree. */
  end(): Promise<AuditHead>;
  /** The greatest number that any row has; undefined where none has one. */
  lastNumber(): Promise<number | undefined>;
  /** By how many rows the trail is shorter than its head states; undefined if that cannot be known. */
  missing(): Promise<number | undefined>;
  /** At most a page of the rows of that table as they stand, after that one or from the first one. */
  signed(table: SignedTable, after: SignableRow | undefined): Promise<readonly SignableRow[]>;
  close(): Promise<void>;
};

/**
 * Opens the trail of the database that `url` (`DATABASE_URL`) names, for reading only. Tables of another version are a
 * `StoreError`.
 *
 * Reading takes no transaction. Rows are only added, in the order of their commits, so several parts equal one reading.
 * A long transaction would also keep SQLite from removing erased values from its log.
 */
export async function openTrail(url: Secret): Promise<Trail> {
  let { database, isOvertaken } = await withStoreErrors(() => openReadOnly(url));
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
    end: () => read(({ db }) => readTrailEnd(db)),
    lastNumber: () => read(({ db }) => readLastNumber(db)),
    missing: () => read(countMissingRows),
    signed: (table, after) => read(({ db }) => readSignablePage(db, table, after)),
    close: () => withStoreErrors(() => database.close()),
  };

  /** If a bot has started to write to an idle file meanwhile, opens the file anew and reads again. */
  async function read<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
    const [first] = await Promise.allSettled([withStoreErrors(() => work(database))]);
    if (isOvertaken()) {
      await database.close();
      ({ database, isOvertaken } = await withStoreErrors(() => openReadOnly(url)));
      return withStoreErrors(() => work(database));
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

/** A read-only database. `isOvertaken`: it was opened as an idle file, and a bot has begun to write to it. */
type ReadOnlyDatabase = { readonly database: Database; readonly isOvertaken: () => boolean };

/** Opens the database for reading. An idle file may lie in a read-only folder, so no file is made beside it. */
async function openReadOnly(url: Secret): Promise<ReadOnlyDatabase> {
  const read = url.reveal(readDatabaseUrl);
  if (read.kind !== 'sqlite')
    return { database: await openDatabase(url, 'reader', undefined), isOvertaken: () => false };
  const path = resolve(read.path);
  if (isInUse(path)) return { database: await openDatabase(url, 'reader', undefined), isOvertaken: () => false };
  return { database: await openDatabase(url, 'reader-of-copy', undefined), isOvertaken: () => isInUse(path) };
}

/** A writer keeps these files beside the database, with changes that may not be in it yet. https://sqlite.org/tempfiles.html */
function isInUse(path: string): boolean {
  const isEmpty = (name: string): boolean => (statSync(name, { throwIfNoEntry: false })?.size ?? 0) === 0;
  return existsSync(`${path}-shm`) || !isEmpty(`${path}-wal`) || !isEmpty(`${path}-journal`);
}

/**
 * Yields the rows after the number `after`, a page of `length` rows at a time; 0 yields all of them. Each query overlaps
 * the page before by one row, so that a second row of the same number is not skipped. The caller must stop at a row whose
 * number is not the next one.
 */
export async function* readPages(
  trail: Pick<Trail, 'rows'>,
  after: number,
  length: number,
): AsyncGenerator<readonly TrailRow[], void> {
  let last = after;
  for (;;) {
    const rows = await trail.rows(last === 0 ? undefined : last - 1, length + 1);
    const page = last > 0 && rows[0]?.number === String(last) ? rows.slice(1) : rows;
    yield page;
    if (rows.length <= length) return;
    last += page.length;
  }
}

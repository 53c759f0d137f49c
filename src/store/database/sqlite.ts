import { storeTunables } from '../../base/index.ts';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type DialectAdapter,
  Kysely,
  type QueryResult,
  sql,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Database, Schema, StoreRole } from './database.ts';
import { createLogFlush, type LogFlush, type ToDisk } from './flush-log.ts';
import { readStoreError, StoreError } from './store-error.ts';

/**
 * Opens a database file, durable on power loss and without traces of what was erased. The bot makes file and folder where
 * they are missing and is alone: a second one gets a `StoreError` `already-running`. A reader changes nothing; `consent`
 * writes beside the bot, as durably and as cleanly. `toDisk` brings the bot's log to the disk.
 * https://sqlite.org/wal.html, https://sqlite.org/pragma.html
 */
export function openSqlite(file: string, role: StoreRole, toDisk?: ToDisk): Database {
  // An absolute path is a file and nothing else: SQLite knows names that are none, such as `:memory:`.
  const path = resolve(file);
  if (role === 'reader')
    return describeDatabase(new DatabaseSync(path, { readOnly: true, timeout: storeTunables.sqliteBusyMilliseconds }));
  if (role === 'reader-of-copy') return describeDatabase(openCopy(path));
  if (role === 'consent') return describeDatabase(openToWrite(path));
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
  const release = holdSqliteLock(`${path}.lock`);
  try {
    const database = openToWrite(path);
    checkpoint(database);
    // What is committed counts as done once `createLogFlush` has brought it to the disk, without this thread.
    database.exec('pragma synchronous = normal');
    return describeDatabase(database, { release, flush: createLogFlush(`${path}-wal`, toDisk) });
  } catch (error) {
    release();
    throw error;
  }
}

/** Without this even a reader would make files beside it, and could not read where it may make none. https://sqlite.org/uri.html */
function openCopy(path: string): DatabaseSync {
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  return new DatabaseSync(url, { readOnly: true });
}

function openToWrite(path: string): DatabaseSync {
  const database = new DatabaseSync(path, {
    timeout: storeTunables.sqliteBusyMilliseconds,
    enableForeignKeyConstraints: true,
  });
  database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on');
  return database;
}

function describeDatabase(
  database: DatabaseSync,
  bots: { readonly release?: () => void; readonly flush?: LogFlush } = {},
): Database {
  const { release, flush } = bots;
  const db = new Kysely<Schema>({ dialect: createNodeSqliteDialect(database, flush) });
  let erasureIsOwed = false;
  const tidy = async (): Promise<void> => {
    // Kysely hands out its one connection in turn, so this never runs inside another transaction.
    if (erasureIsOwed) {
      await db.connection().execute(async () => {
        erasureIsOwed = !checkpoint(database);
      });
    }
  };
  return {
    kind: 'sqlite',
    db,
    present: (callersNow) => sql<number>`${callersNow}`,
    afterErasing: async () => {
      erasureIsOwed = true;
      await tidy();
    },
    tidy,
    // The bot is alone on its file, and no statement has a limit.
    forMigration: (work) => work(db),
    close: async () => {
      // Kysely closes only what it has used.
      await db.destroy();
      await flush?.close();
      if (database.isOpen) database.close();
      release?.();
    },
  };
}

/**
 * Moves all of the write-ahead log into the database and empties it. False if that has to be repeated: a reader still
 * uses the log, or the disk refuses. That is no failure of the step before, which is committed.
 */
function checkpoint(database: DatabaseSync): boolean {
  database.exec('pragma busy_timeout = 0');
  try {
    return database.prepare('pragma wal_checkpoint(truncate)').get()?.['busy'] === 0;
  } catch {
    return false;
  } finally {
    database.exec(`pragma busy_timeout = ${storeTunables.sqliteBusyMilliseconds}`);
  }
}

/**
 * Holds a transaction open on a small database of its own until the returned function is called or the process ends,
 * however it ends. Throws a `StoreError` `already-running` if another process holds it.
 */
function holdSqliteLock(path: string): () => void {
  const lock = new DatabaseSync(path, { timeout: 0 });
  try {
    lock.exec('pragma journal_mode = off; begin exclusive');
  } catch (error) {
    lock.close();
    const failure = readStoreError(error);
    throw failure instanceof StoreError && failure.code === 'locked' ? new StoreError('already-running') : failure;
  }
  return () => {
    if (lock.isOpen) lock.close();
  };
}

/**
 * Lets Kysely speak to Node's own SQLite. Every transaction takes the write lock when it begins, so that it never fails
 * half-way because another process wrote. Closing Kysely closes the database. With `flush`, whatever is read or written is
 * given to the caller once all that was committed before is on the disk; meanwhile the next one has its turn.
 * https://nodejs.org/docs/latest-v24.x/api/sqlite.html
 */
export function createNodeSqliteDialect(database: DatabaseSync, flush?: LogFlush): Dialect {
  let hasWritten = false;
  const connection = createConnection(database, () => {
    if (database.isTransaction) hasWritten = true;
    else flush?.noteCommit();
  });
  const turns = createTurns();
  return {
    createAdapter: () => adapter,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createDriver: () => ({
      init: () => Promise.resolve(),
      acquireConnection: async () => {
        await turns.take();
        return connection;
      },
      beginTransaction: async () => {
        flush?.requireSound();
        hasWritten = false;
        database.exec('begin immediate');
      },
      commitTransaction: async () => {
        database.exec('commit');
        if (hasWritten) flush?.noteCommit();
      },
      rollbackTransaction: async () => {
        // A full disk has rolled back already, and rolling back twice is an error.
        if (database.isTransaction) database.exec('rollback');
      },
      releaseConnection: async () => {
        turns.pass();
        await flush?.untilOnDisk();
      },
      destroy: async () => {
        if (database.isOpen) database.close();
      },
    }),
  };
}

/** The one connection is used in turn. */
function createTurns() {
  let isTaken = false;
  const waiting: (() => void)[] = [];
  return {
    async take(): Promise<void> {
      if (!isTaken) isTaken = true;
      else await new Promise<void>((resolve) => void waiting.push(resolve));
    },
    pass(): void {
      const next = waiting.shift();
      if (next === undefined) isTaken = false;
      else next();
    },
  };
}

const adapter: DialectAdapter = {
  supportsCreateIfNotExists: true,
  // Kysely's own turn would end with the flush, and so each commit would have a flush of its own.
  supportsMultipleConnections: true,
  supportsReturning: true,
  supportsTransactionalDdl: true,
  acquireMigrationLock: () => Promise.resolve(),
  releaseMigrationLock: () => Promise.resolve(),
};

type Prepared = { readonly statement: StatementSync; readonly givesRows: boolean; readonly isRead: boolean };

function createConnection(database: DatabaseSync, wrote: () => void): DatabaseConnection {
  const prepared = new Map<string, Prepared>();
  const prepare = (text: string): Prepared => {
    const known = prepared.get(text);
    if (known !== undefined) return known;
    const statement = database.prepare(text);
    // Asked once: it makes an object for each column, which takes longer than most of the queries.
    const isRead = /^\s*(?:select|with recursive)\b/.test(text);
    const made = { statement, givesRows: statement.columns().length > 0, isRead };
    prepared.set(text, made);
    return made;
  };
  return {
    async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
      const { statement, givesRows, isRead } = prepare(query.sql);
      const parameters = query.parameters.map(readParameter);
      if (!isRead) wrote();
      if (givesRows) {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a row holds is known to the query, not to the driver
        return { rows: statement.all(...parameters) as Row[] };
      }
      const { changes } = statement.run(...parameters);
      return { rows: [], numAffectedRows: BigInt(changes) };
    },
    streamQuery() {
      throw new Error('rows are read all at once here');
    },
  };
}

function readParameter(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value;
  throw new Error(`a ${typeof value} cannot stand in a column`);
}

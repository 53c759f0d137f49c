import { Socket } from 'node:net';
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  type RawBuilder,
  sql,
} from 'kysely';
import { Pool, types } from 'pg';
import { type Log, storeTunables } from '../../base/index.ts';
import type { Database, Schema, StoreRole } from './database.ts';
import { createPipelining } from './pipelined-client.ts';
import { requireOwnSessions } from './pooler.ts';

/**
 * Opens a pool of connections to a PostgreSQL server. No statement, wait for a lock or connection lasts for ever, and a
 * transaction is on disk when it is committed. What the server erases is overwritten when it vacuums, as ever. `present` is
 * the server's clock as an expression, from which both leases and the bot's own time are read; a test gives another.
 * Works behind a pooler in session mode; the first use throws `pooler-shares-sessions` behind one in another mode.
 * https://www.postgresql.org/docs/current/runtime-config-client.html, https://node-postgres.com/apis/pool
 */
export function openPostgres(
  url: string,
  role: StoreRole,
  log: Log | undefined,
  present: () => RawBuilder<number> = serverClock,
): Database {
  const sockets = new Set<Socket>();
  const pool = new Pool({
    connectionString: url,
    stream: () => {
      const socket = new Socket();
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      return socket;
    },
    application_name: 'locksmith',
    // A record of the trail is written by one at a time anyway, and small servers have few; deploy/README.md gives the sum.
    max: storeTunables.postgresConnections,
    connectionTimeoutMillis: storeTunables.postgresConnectTimeoutMilliseconds,
    idleTimeoutMillis: storeTunables.postgresIdleMilliseconds,
    query_timeout: storeTunables.postgresQueryTimeoutMilliseconds,
    keepAlive: true,
    // Statements of one batch are sent without waiting for the answers before.
    pipeline: true,
    types: postgresTypes,
  });
  pool.on('error', () => log?.({ level: 'warn', event: 'database-connection-lost' }));
  // Without a listener, a connection that breaks between two statements of a transaction would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('connect', createPipelining());
  const db = new Kysely<Schema>({
    dialect: new PostgresDialect({
      pool: async () => {
        await requireOwnSessions(url);
        return pool;
      },
      onCreateConnection: async (connection) => {
        await connection.executeQuery(CompiledQuery.raw(formatSessionSettings(url, role)));
        await connection.executeQuery(CompiledQuery.raw(searchOwnSchemas));
      },
    }),
  });
  return {
    kind: 'postgres',
    db,
    present,
    afterErasing: () => Promise.resolve(),
    tidy: () => Promise.resolve(),
    forMigration: (work) => migrateOnPostgres(url, log, work),
    close: async (givenUp) => {
      // A server that has gone silent would be waited for as long as a query may last.
      const cutOff = (): void => {
        for (const socket of sockets) socket.destroy();
      };
      void givenUp?.then(cutOff);
      await db.destroy();
      if (!pool.ended) await pool.end();
    },
  };
}

/**
 * What holds for a session, as one statement. PgBouncer refuses a connection that brings limits along, so they are set once
 * it stands. Those that the address itself names are left as they are.
 */
function formatSessionSettings(url: string, role: StoreRole): string {
  const named = URL.parse(url)?.searchParams;
  const limits = {
    statement_timeout: storeTunables.postgresStatementTimeoutMilliseconds,
    lock_timeout: storeTunables.postgresLockTimeoutMilliseconds,
    idle_in_transaction_session_timeout: storeTunables.postgresIdleInTransactionMilliseconds,
  };
  const settings = {
    ...Object.fromEntries(Object.entries(limits).filter(([name]) => named?.has(name) !== true)),
    synchronous_commit: 'on',
    ...(role === 'reader' && { default_transaction_read_only: 'on' }),
  };
  const calls = Object.entries(settings).map(([name, value]) => `pg_catalog.set_config('${name}', '${value}', false)`);
  return `select ${calls.join(', ')}`;
}

/**
 * Keeps the schemas in which the session looks for tables, without `pg_catalog`, which is then searched before all of them: a
 * function or a table of somebody else's stands in for none of the server's own. Temporary tables come last.
 * https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-SEARCH-PATH
 */
const searchOwnSchemas = `select pg_catalog.set_config('search_path', coalesce(
  (select pg_catalog.string_agg(pg_catalog.quote_ident(name), ', ' order by number) operator(pg_catalog.||) ', pg_temp'
    from pg_catalog.unnest(pg_catalog.current_schemas(false)) with ordinality as schemas (name, number)
    where name operator(pg_catalog.<>) all (array['pg_catalog', 'pg_temp']::pg_catalog.name[])),
  pg_catalog.current_setting('search_path')), false)`;

/**
 * A PostgreSQL server's own clock, in whole milliseconds since 1970. It moves on within a transaction. Each name is the
 * server's own, whatever somebody has put into the search path.
 */
function serverClock(): RawBuilder<number> {
  const seconds = sql`extract(epoch from pg_catalog.clock_timestamp())`;
  return sql<number>`(${seconds} operator(pg_catalog.*) 1000)::pg_catalog.int8`;
}

/** Kysely's own lock around migrations. A test holds the number against Kysely. */
const migrationLock = sql.raw('3853314791062309107');
const withoutLimits = [
  'statement_timeout',
  'lock_timeout',
  'idle_in_transaction_session_timeout',
  'idle_session_timeout',
];

/**
 * Runs a migration on a connection of its own, in one transaction that has no time limits. An index on a large table takes
 * minutes, and so does the wait for another instance that makes it. Lock and limits end with the transaction, so that
 * neither is left behind on a connection that a pooler keeps.
 * https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
 */
async function migrateOnPostgres<Result>(
  url: string,
  log: Log | undefined,
  work: (db: Kysely<Schema>) => Promise<Result>,
): Promise<Result> {
  const pool = new Pool({
    connectionString: url,
    application_name: 'locksmith migration',
    max: 1,
    connectionTimeoutMillis: storeTunables.postgresConnectTimeoutMilliseconds,
    // Networks forget a connection on which nothing is said for some minutes.
    keepAlive: true,
    keepAliveInitialDelayMillis: storeTunables.migrationKeepAliveMilliseconds,
    types: postgresTypes,
  });
  pool.on('error', () => log?.({ level: 'warn', event: 'database-connection-lost' }));
  pool.on('connect', (client) => client.on('error', () => {}));
  const pooled = async () => {
    await requireOwnSessions(url);
    return pool;
  };
  const onCreateConnection = async (connection: DatabaseConnection): Promise<void> => {
    await connection.executeQuery(CompiledQuery.raw(searchOwnSchemas));
  };
  const db = new Kysely<Schema>({ dialect: new MigrationDialect({ pool: pooled, onCreateConnection }) });
  try {
    return await db.transaction().execute(async (trx) => {
      // Those that this server has: the last one came with version 14.
      await sql`select pg_catalog.set_config(name, '0', true) from pg_catalog.pg_settings where name in (${sql.join(withoutLimits)})`.execute(
        trx,
      );
      await waitForTurn(trx, log);
      return work(trx);
    });
  } finally {
    await db.destroy();
    if (!pool.ended) await pool.end();
  }
}

/** PostgreSQL, with Kysely's lock around migrations held by the transaction and not by the session. */
class MigrationDialect extends PostgresDialect {
  override createAdapter(): PostgresAdapter {
    return new MigrationAdapter();
  }
}

class MigrationAdapter extends PostgresAdapter {
  /** The transaction has it already; to take it again is harmless. */
  override async acquireMigrationLock(db: Kysely<object>): Promise<void> {
    await sql`select pg_catalog.pg_advisory_xact_lock(${migrationLock})`.execute(db);
  }

  /** It ends with the transaction. */
  override releaseMigrationLock(): Promise<void> {
    return Promise.resolve();
  }
}

async function waitForTurn(db: Kysely<Schema>, log: Log | undefined): Promise<void> {
  const tried = sql<{ isOurs: boolean }>`select pg_catalog.pg_try_advisory_xact_lock(${migrationLock}) as "isOurs"`;
  const { rows } = await tried.execute(db);
  if (rows[0]?.isOurs === true) return;
  log?.({ level: 'info', event: 'migration-waits' });
  await sql`select pg_catalog.pg_advisory_xact_lock(${migrationLock})`.execute(db);
  log?.({ level: 'info', event: 'migration-goes-on' });
}

const int8 = 20;

/** How values of a PostgreSQL server are read: instants and numbers of records stay far below 2^53. */
const postgresTypes = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === int8 ? Number : types.getTypeParser(oid, format),
};

import { CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import type { Log } from '../log.ts';
import { postgresTypes } from './postgres-types.ts';
import type { Schema } from './schema.ts';

/** Kysely's own lock around migrations, which is counted, so that its program may take it once more. A test holds it against Kysely. */
const migrationLock = sql.raw('3853314791062309107');
const withoutLimits = [
  'statement_timeout',
  'lock_timeout',
  'idle_in_transaction_session_timeout',
  'idle_session_timeout',
];

/**
 * Works on a connection of its own, on which nothing has a limit of time: an index on a large table takes minutes, and so
 * does the wait for another instance that makes it. The limits of requests stay as they are, wherever they were set.
 * https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
 */
export async function migrateOnPostgres<Result>(
  url: string,
  log: Log | undefined,
  work: (db: Kysely<Schema>) => Promise<Result>,
): Promise<Result> {
  const pool = new Pool({
    connectionString: url,
    application_name: 'locksmith migration',
    max: 1,
    connectionTimeoutMillis: 5000,
    // Networks forget a connection on which nothing is said for some minutes.
    keepAlive: true,
    keepAliveInitialDelayMillis: 30_000,
    types: postgresTypes,
  });
  pool.on('error', () => log?.({ level: 'warn', event: 'database-connection-lost' }));
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<Schema>({
    dialect: new PostgresDialect({
      pool,
      onCreateConnection: async (connection) => {
        const names = withoutLimits.map((name) => `'${name}'`).join(', ');
        // Those that this server has: the last one came with version 14.
        const lift = `select set_config(name, '0', false) from pg_settings where name in (${names})`;
        await connection.executeQuery(CompiledQuery.raw(lift));
      },
    }),
  });
  try {
    await waitForTurn(db, log);
    return await work(db);
  } finally {
    // The lock goes with the connection.
    await db.destroy();
    if (!pool.ended) await pool.end();
  }
}

async function waitForTurn(db: Kysely<Schema>, log: Log | undefined): Promise<void> {
  const { rows } = await sql<{ isOurs: boolean }>`select pg_try_advisory_lock(${migrationLock}) as "isOurs"`.execute(
    db,
  );
  if (rows[0]?.isOurs === true) return;
  log?.({ level: 'info', event: 'migration-waits' });
  await sql`select pg_advisory_lock(${migrationLock})`.execute(db);
  log?.({ level: 'info', event: 'migration-goes-on' });
}

import { Socket } from 'node:net';
import { CompiledQuery, Kysely, PostgresDialect, type RawBuilder } from 'kysely';
import { Pool } from 'pg';
import type { Log } from '../log.ts';
import type { Database, StoreRole } from './database.ts';
import { migrateOnPostgres } from './migrate-on-postgres.ts';
import type { Schema } from './schema.ts';
import { postgresTypes } from './postgres-types.ts';
import { serverClock } from './server-clock.ts';

/**
 * Opens a pool of connections to a PostgreSQL server. No statement, wait for a lock or connection lasts for ever, and a
 * transaction is on disk when it is committed. What the server erases is overwritten when it vacuums, as ever. `present` is
 * the server's clock as an expression, from which both leases and the bot's own time are read; a test gives another.
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
    max: 4,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 10_000,
    query_timeout: 15_000,
    lock_timeout: 5000,
    idle_in_transaction_session_timeout: 15_000,
    keepAlive: true,
    types: postgresTypes,
  });
  pool.on('error', () => log?.({ level: 'warn', event: 'database-connection-lost' }));
  // A connection that breaks between two statements of a transaction would end the process if nobody listened.
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<Schema>({
    dialect: new PostgresDialect({
      pool,
      onCreateConnection: async (connection) => {
        await connection.executeQuery(CompiledQuery.raw('set synchronous_commit = on'));
        if (role === 'reader') {
          await connection.executeQuery(CompiledQuery.raw('set default_transaction_read_only = on'));
        }
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

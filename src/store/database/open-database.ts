import type { RawBuilder } from 'kysely';
import type { Log, Secret } from '../../base/index.ts';
import { readDatabaseUrl } from '../../config/index.ts';
import type { Database, StoreRole } from './database.ts';
import { openSqlite } from './sqlite.ts';

/**
 * Opens the database that `DATABASE_URL` names, as it stands. The address has to have been checked. PostgreSQL's driver is loaded
 * where it is used alone.
 */
export async function openDatabase(
  secret: Secret,
  role: StoreRole,
  log: Log | undefined,
  serverTime?: () => RawBuilder<number>,
): Promise<Database> {
  const url = secret.reveal(readDatabaseUrl);
  switch (url.kind) {
    case 'sqlite':
      return openSqlite(url.path, role);
    case 'postgres': {
      const { openPostgres } = await import('./postgres.ts');
      return openPostgres(url.url, role, log, serverTime);
    }
    case 'malformed':
      throw new Error('the database address was not checked before it was used');
  }
}

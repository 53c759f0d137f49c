import { sql } from 'kysely';
import type { Database } from '../../src/store/database/database.ts';
import { openPostgres } from '../../src/store/database/postgres.ts';
import type { TestServer } from './describe-on-postgres.ts';
import { type HoldingProxy, startHoldingProxy } from './holding-proxy.ts';

/** A new database with a table `settings` alone, behind a proxy that can hold back and change what goes by. */
export async function openProxiedDatabase(server: TestServer): Promise<{ database: Database; proxy: HoldingProxy }> {
  const url = new URL(await server.createDatabase());
  const proxy = await startHoldingProxy(Number(url.port));
  url.port = String(proxy.port);
  const database = openPostgres(url.href, 'bot', undefined);
  await sql`create table settings (name text primary key, value text)`.execute(database.db);
  return { database, proxy };
}

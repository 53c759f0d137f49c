import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from './migrations.ts';
import { readStoreError } from './read-store-error.ts';
import type { Schema } from './schema.ts';
import { StoreError } from './store-error.ts';

/**
 * Brings the tables to where this program expects them: all of it or nothing, and one process at a time. A database that
 * a newer program has changed is left alone (`schema-newer`).
 */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  refuseNewer(await readApplied(db));
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw readStoreError(error);
}

/** For those who only read: throws `schema-newer` or `schema-older` unless the tables are this program's. */
export async function requireCurrentSchema(db: Kysely<Schema>): Promise<void> {
  const applied = await readApplied(db);
  refuseNewer(applied);
  if (applied.length < Object.keys(migrations).length) throw new StoreError('schema-older');
}

async function readApplied(db: Kysely<Schema>): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return [];
  const rows = await db.selectFrom('kysely_migration').select('name').execute();
  return rows.map((row) => row.name);
}

function refuseNewer(applied: readonly string[]): void {
  if (applied.some((name) => !Object.hasOwn(migrations, name))) throw new StoreError('schema-newer');
}

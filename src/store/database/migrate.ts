import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { AuditChain } from '../audit-trail/audit-chain.ts';
import { type ChainBeginning, readTrailEnd, signBeginning } from '../audit-trail/chain-head.ts';
import type { Schema } from './database.ts';
import { migrations } from './migrations.ts';
import { readStoreError, StoreError } from './store-error.ts';

/** The one after which records are chained. */
const chaining = '0009-audit-chain';

/**
 * Brings the tables to where this program expects them: all of it or nothing, and one process at a time. A database that
 * a newer program has changed is left alone (`schema-newer`). A trail that is older than its chain is signed in the
 * transaction that brings the chain, and at no other time. Without the key the chain is not brought (`schema-older`).
 * Resolves with the beginning that was signed.
 */
export async function migrate(db: Kysely<Schema>, chain?: AuditChain): Promise<ChainBeginning | undefined> {
  requireKnownHistory(await readApplied(db));
  let beginning: ChainBeginning | undefined;
  const bringChain: Migration = {
    async up(trx: Kysely<Schema>) {
      await migrations[chaining].up(trx);
      const { number } = await readTrailEnd(trx);
      if (number > 0 && chain === undefined) throw new StoreError('schema-older');
      if (chain !== undefined) beginning = await signBeginning(trx, chain);
    },
  };
  const provider = { getMigrations: () => Promise.resolve({ ...migrations, [chaining]: bringChain }) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error !== undefined) throw readStoreError(error);
  return beginning;
}

/**
 * For those who only read: throws `schema-newer` or `schema-older` unless the tables are this program's, and `not-ours`
 * if there are only tables of another program.
 */
export async function requireCurrentSchema(db: Kysely<Schema>): Promise<void> {
  const applied = await readApplied(db);
  requireKnownHistory(applied);
  if (applied.length === 0 && (await db.introspection.getTables()).length > 0) throw new StoreError('not-ours');
  if (applied.length < Object.keys(migrations).length) throw new StoreError('schema-older');
}

/** Whether any program has ever made its tables here. */
export async function isMigrated(db: Kysely<Schema>): Promise<boolean> {
  return (await readApplied(db)).length > 0;
}

async function readApplied(db: Kysely<Schema>): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return [];
  const rows = await db.selectFrom('kysely_migration').select('name').execute();
  return rows.map((row) => row.name);
}

/** What was done has to be the first of what this program does, and nothing else. */
function requireKnownHistory(applied: readonly string[]): void {
  if (applied.length > 0 && !applied.some((name) => Object.hasOwn(migrations, name))) throw new StoreError('not-ours');
  if (applied.some((name) => !Object.hasOwn(migrations, name))) throw new StoreError('schema-newer');
  const first = Object.keys(migrations).slice(0, applied.length);
  if (first.some((name) => !applied.includes(name))) throw new StoreError('schema-gap');
}

import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { AuditWriter } from '../audit-trail/audit-writer.ts';
import { type ChainBeginning, readTrailEnd, signBeginning, stateThatRowsAreSigned } from '../audit-trail/chain-head.ts';
import type { Schema } from './database.ts';
import { type TakeOver, takeOverRows } from '../rows/take-over-rows.ts';
import { migrations } from './migrations.ts';
import { readStoreError, StoreError } from './store-error.ts';

/** The one after which records are chained. */
const chaining = '0009-audit-chain';
/** The one after which rows have MACs. */
const signing = '0014-row-authentication';

/**
 * Brings the tables to where this program expects them: all of it or nothing, and one process at a time. A database that
 * a newer program has changed is left alone (`schema-newer`). A trail that is older than its chain is signed in the
 * transaction that brings the chain, and at no other time: if the operator says with `chainBeginsAfter` how many records it has
 * (`audit-chain-missing`). Without the key the chain is not brought (`schema-older`).
 * Rows that are older than their MACs are taken over in the same way, by the writer of the trail, at `now`. Resolves with
 * what was done.
 */
export async function migrate(
  db: Kysely<Schema>,
  author?: AuditWriter,
  now = 0,
  chainBeginsAfter?: number,
): Promise<Migrated> {
  const chain = author?.chain;
  const applied = await readApplied(db);
  requireKnownHistory(applied);
  if (applied.length === Object.keys(migrations).length) return { beginning: undefined, takeOver: undefined };
  const { Migrator } = await import('kysely/migration');
  let beginning: ChainBeginning | undefined;
  let takeOver: TakeOver | undefined;
  const bringChain: Migration = {
    async up(trx: Kysely<Schema>) {
      await migrations[chaining].up(trx);
      const { number } = await readTrailEnd(trx);
      const isUsed = number > 0 || (await hasRequests(trx));
      if (isUsed && chain === undefined) throw new StoreError('schema-older');
      // Somebody who undid this migration would have whatever stands there believed.
      if (isUsed && chainBeginsAfter !== number) throw new StoreError('audit-chain-missing', undefined, number);
      if (chain !== undefined) beginning = await signBeginning(trx, chain, 'unsigned');
    },
  };
  const bringSigning: Migration = {
    async up(trx: Kysely<Schema>) {
      await migrations[signing].up(trx);
      takeOver = await takeOverRows(trx, author, now);
      if (chain !== undefined) await stateThatRowsAreSigned(trx, chain);
    },
  };
  const all = { ...migrations, [chaining]: bringChain, [signing]: bringSigning };
  const provider = { getMigrations: () => Promise.resolve(all) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error !== undefined) throw readStoreError(error);
  return { beginning, takeOver };
}

/** What a migration did with the trail and with the rows of an older version; undefined where there was nothing to do. */
type Migrated = { readonly beginning: ChainBeginning | undefined; readonly takeOver: TakeOver | undefined };

/**
 * For those who only read: throws `schema-newer` or `schema-older` unless the tables are this program's, `schema-empty` if there
 * are none, and `not-ours` if there are only tables of another program.
 */
export async function requireCurrentSchema(db: Kysely<Schema>): Promise<void> {
  const applied = await readApplied(db);
  requireKnownHistory(applied);
  if (applied.length === 0)
    throw new StoreError((await db.introspection.getTables()).length > 0 ? 'not-ours' : 'schema-empty');
  if (applied.length < Object.keys(migrations).length) throw new StoreError('schema-older');
}

/** Whether any program has ever made its tables here. */
export async function isMigrated(db: Kysely<Schema>): Promise<boolean> {
  return (await readApplied(db)).length > 0;
}

async function hasRequests(db: Kysely<Schema>): Promise<boolean> {
  for (const table of ['reset_requests', 'open_questions'] as const) {
    if ((await db.selectFrom(table).select('id').limit(1).executeTakeFirst()) !== undefined) return true;
  }
  return false;
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

import type { Secret } from '../base/index.ts';
import type { TokenStore } from '../reset/index.ts';
import { type Database, withStoreErrors } from './database/database.ts';
import { isMigrated, migrate, requireCurrentSchema } from './database/migrate.ts';
import { openDatabase } from './database/open-database.ts';
import { StoreError } from './database/store-error.ts';
import { checkSealing, type KeyedSealer } from './sealing.ts';

/** There is one sign-in to Partner Center. */
const signInName = 'partner-center';

/** The sealed sign-in in a database. Each step is one statement and does not wait for the trail. */
export function createTokenStore({ db, afterErasing }: Pick<Database, 'db' | 'afterErasing'>): TokenStore {
  return {
    read: () =>
      withStoreErrors(async () => {
        const row = await db.selectFrom('token_cache').selectAll().where('name', '=', signInName).executeTakeFirst();
        if (row === undefined) return undefined;
        const { version, sealed_key_id: keyId, sealed_nonce: nonce, sealed_ciphertext: ciphertext } = row;
        return { version, sealed: { keyId, nonce, ciphertext } };
      }),

    lease: (version, { owner, now, until }) =>
      withStoreErrors(async () => {
        const { numUpdatedRows } = await db
          .updateTable('token_cache')
          .set({ lease_owner: owner, lease_until: until })
          .where('name', '=', signInName)
          .where('version', '=', version)
          .where((where) => where.or([where('lease_until', 'is', null), where('lease_until', '<=', now)]))
          .executeTakeFirstOrThrow();
        return numUpdatedRows === 1n;
      }),

    release: (owner) =>
      withStoreErrors(async () => {
        await db
          .updateTable('token_cache')
          .set({ lease_owner: null, lease_until: null })
          .where('name', '=', signInName)
          .where('lease_owner', '=', owner)
          .execute();
      }),

    renew: (version, owner, sealed) =>
      withStoreErrors(async () => {
        const { numUpdatedRows } = await db
          .updateTable('token_cache')
          .set({ version: version + 1, ...createTokenColumns(sealed) })
          .where('name', '=', signInName)
          .where('version', '=', version)
          .where('lease_owner', '=', owner)
          .executeTakeFirstOrThrow();
        await afterErasing();
        return numUpdatedRows === 1n;
      }),

    put: (sealed) =>
      withStoreErrors(async () => {
        const columns = createTokenColumns(sealed);
        await db
          .insertInto('token_cache')
          .values({ name: signInName, version: 1, ...columns })
          .onConflict((conflict) =>
            conflict.column('name').doUpdateSet((row) => ({ ...columns, version: row('token_cache.version', '+', 1) })),
          )
          .execute();
        await afterErasing();
      }),
  };
}

/** Ends the lease of a process that is gone. */
export async function endSignInLease(db: Database['db']): Promise<void> {
  await db.updateTable('token_cache').set({ lease_owner: null, lease_until: null }).execute();
}

function createTokenColumns({ keyId, nonce, ciphertext }: Parameters<TokenStore['put']>[0]) {
  return {
    sealed_key_id: keyId,
    sealed_nonce: nonce,
    sealed_ciphertext: ciphertext,
    lease_owner: null,
    lease_until: null,
  };
}

/** The sealed sign-in and nothing else, beside a running bot. */
export type OpenTokenStore = {
  readonly tokens: TokenStore;
  /** Throws a `StoreError` `wrong-key` where these keys do not open what is sealed. Changes nothing. */
  checkSealing(sealer: KeyedSealer): Promise<void>;
  close(): Promise<void>;
};

/**
 * Opens the store for a new sign-in, beside a bot or without one.
 *
 * On SQLite without a running bot, the tables are brought up to date first. Beside a bot they have to be of this version
 * (`schema-older`, `schema-newer`). On PostgreSQL only an empty database gets
 * its tables. A bot may run there, and after a migration an older one could not start again. A trail that is older than its chain
 * needs the bot, which has the key (`schema-older`).
 */
export async function openTokenStore(url: Secret): Promise<OpenTokenStore> {
  await migrateWithoutBot(url);
  const database = await withStoreErrors(() => openDatabase(url, 'consent', undefined));
  try {
    await withStoreErrors(() => requireCurrentSchema(database.db));
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    tokens: createTokenStore(database),
    checkSealing: (sealer) => checkSealing(database, sealer, 'reader'),
    close: () => withStoreErrors(() => database.close()),
  };
}

/** The bot's lock is given back at once, since a sign-in takes minutes. */
async function migrateWithoutBot(url: Secret): Promise<void> {
  try {
    const database = await withStoreErrors(() => openDatabase(url, 'bot', undefined));
    try {
      await withStoreErrors(() => migrateUnlessInUse(database));
    } finally {
      await database.close();
    }
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'already-running')) throw error;
  }
}

async function migrateUnlessInUse(database: Database): Promise<void> {
  const isInUse = async (db: Database['db']) => database.kind === 'postgres' && (await isMigrated(db));
  // Checked without the lock first, so that this does not wait for a bot that migrates; then once more with it.
  if (await isInUse(database.db)) return;
  await database.forMigration(async (db) => {
    if (!(await isInUse(db))) await migrate(db);
  });
}

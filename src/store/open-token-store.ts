import type { TokenStore } from '../reset/ports/sealing.ts';
import type { Secret } from '../secret.ts';
import { checkSealing } from './check-sealing.ts';
import type { KeyedSealer } from './create-sealer.ts';
import { createTokenStore } from './create-token-store.ts';
import type { Database } from './database.ts';
import { isMigrated, migrate, requireCurrentSchema } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import { reportFailure } from './report-failure.ts';
import { StoreError } from './store-error.ts';

/** The sealed sign-in and nothing else, beside a running bot. */
export type OpenTokenStore = {
  readonly tokens: TokenStore;
  /** Throws a `StoreError` `wrong-key` where these keys do not open what is sealed. Changes nothing. */
  checkSealing(sealer: KeyedSealer): Promise<void>;
  close(): Promise<void>;
};

/**
 * Opens the store for a new sign-in. Where no bot runs the tables are made or brought up to date first; beside a running
 * one they have to be this program's (`schema-older`, `schema-newer`). On a server, where nobody can tell whether one runs,
 * they are made in an empty database alone: bots of an older version could not start again. A trail that is older than its chain waits for the bot,
 * which has the key (`schema-older`).
 */
export async function openTokenStore(url: Secret): Promise<OpenTokenStore> {
  await bringUpToDate(url);
  const database = await reportFailure(() => Promise.resolve(openDatabase(url, 'consent', undefined)));
  try {
    await reportFailure(() => requireCurrentSchema(database.db));
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    tokens: createTokenStore(database),
    checkSealing: (sealer) => checkSealing(database, sealer, 'reader'),
    close: () => reportFailure(() => database.close()),
  };
}

/** The bot's lock is given back at once, since a sign-in takes minutes. */
async function bringUpToDate(url: Secret): Promise<void> {
  try {
    const database = await reportFailure(() => Promise.resolve(openDatabase(url, 'bot', undefined)));
    try {
      await reportFailure(() => makeTables(database));
    } finally {
      await database.close();
    }
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'already-running')) throw error;
  }
}

async function makeTables(database: Database): Promise<void> {
  const isInUse = async (db: Database['db']) => database.kind === 'postgres' && (await isMigrated(db));
  // Looked at first, so that nobody waits here for a bot that brings its tables up to date; and then once more.
  if (await isInUse(database.db)) return;
  await database.forMigration(async (db) => {
    if (!(await isInUse(db))) await migrate(db);
  });
}

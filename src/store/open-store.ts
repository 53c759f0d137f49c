import type { RawBuilder } from 'kysely';
import metadata from '../../package.json' with { type: 'json' };
import type { Clock, Log, Secret } from '../base/index.ts';
import type { ContactStore, FreezeStore, OpenWork, QuestionStore, ResetStore, TokenStore } from '../reset/index.ts';
import type { AuditWriter } from './audit-trail/append-records.ts';
import { createAuditChain } from './audit-trail/audit-chain.ts';
import { type AuditHead, beginChain, readAuditHead } from './audit-trail/chain-head.ts';
import { readRestoredFrom, recordRestore } from './backup.ts';
import { createContactStore } from './contact-store.ts';
import { type Database, readClockDifference, type StoreRole, withStoreErrors } from './database/database.ts';
import { migrate, requireCurrentSchema } from './database/migrate.ts';
import { openDatabase } from './database/open-database.ts';
import { createFreezeStore } from './freeze-store.ts';
import { createQuestionStore } from './question-store.ts';
import { readOpenWork } from './requests/open-work.ts';
import { createResetStore } from './requests/reset-store.ts';
import { checkSealing, findMissingKeys, type KeyedSealer } from './sealing.ts';
import { createTokenStore } from './token-store.ts';

/** Everything that must survive. Whatever the database refuses is a `StoreError`. */
export type Store = {
  readonly resets: ResetStore;
  readonly questions: QuestionStore;
  readonly freezes: FreezeStore;
  readonly contacts: ContactStore;
  readonly tokens: TokenStore;
  readonly kind: Database['kind'];
  /** Asks the database something, to see whether it is there. */
  ping(): Promise<void>;
  /** Whether it has been closed yet. */
  isOpen(): boolean;
  /** Throws a `StoreError` `wrong-key` where these keys do not open what is sealed. */
  checkSealing(sealer: KeyedSealer): Promise<void>;
  /** The ids of keys that something is sealed with and that the sealer does not have. */
  missingKeys(sealer: KeyedSealer): Promise<readonly string[]>;
  /** From when the backup is that this store was restored from; undefined where it was not. */
  restoredFrom(): Promise<number | undefined>;
  /** Milliseconds by which the database's clock is ahead of this machine's. */
  clockDifference(): Promise<number>;
  /** The head of the trail as it is committed; undefined while nothing has been chained. */
  readonly auditHead: () => Promise<AuditHead | undefined>;
  /** Calls `wrote` with how many records are being written into the trail by this process, each time. */
  watchTrail(wrote: (records: number) => void): void;
  /** How much was confirmed and is not done yet. */
  openWork(): Promise<OpenWork>;
  /** Waits for what is under way, but cuts it off when `givenUp` resolves. */
  close(givenUp?: Promise<void>): Promise<void>;
};

/**
 * Opens the store that `DATABASE_URL` names and brings its tables up to date. A `reader` does neither, and works beside
 * the bot. `instance` names this process in the trail, `auditKey` (32 bytes, base64) chains it: without it nothing that has
 * to be recorded can be done, and another one than it was begun with is refused.
 */
export async function openStore({
  url,
  clock,
  instance,
  auditKey,
  role = 'bot',
  log,
  trailLog,
  serverTime,
}: {
  readonly url: Secret;
  readonly clock: Clock;
  readonly instance: string;
  readonly auditKey?: Secret | undefined;
  readonly role?: StoreRole;
  readonly log?: Log;
  /** Told what has to be in the log whatever is left out of it. */
  readonly trailLog?: Log | undefined;
  /** What a PostgreSQL server takes for the present, in milliseconds since 1970; its own clock unless a test moves time. */
  readonly serverTime?: () => RawBuilder<number>;
}): Promise<Store> {
  const database = await withStoreErrors(() => Promise.resolve(openDatabase(url, role, log, serverTime)));
  const chain = auditKey && createAuditChain(auditKey);
  let watcher: (records: number) => void = () => undefined;
  const author: AuditWriter = {
    instance,
    version: metadata.version,
    chain,
    wrote: (records) => {
      watcher(records);
    },
  };
  try {
    if (role === 'bot') {
      const migrated = await withStoreErrors(() => database.forMigration((db) => migrate(db, chain)));
      const begun = chain && ((await beginChain(database, chain)) ?? migrated);
      if (begun) trailLog?.({ level: 'info', event: 'audit-chain-begun', ...begun });
      const restored = chain && (await recordRestore(database, author, clock.now()));
      if (restored) trailLog?.({ level: 'warn', event: 'restored-from-backup', from: restored.from ?? 'unknown' });
    } else {
      await withStoreErrors(() => requireCurrentSchema(database.db));
    }
    if (role === 'bot' && database.kind === 'sqlite') await expireAllLeases(database, clock.now());
  } catch (error) {
    await database.close();
    throw error;
  }
  let open = true;
  return {
    kind: database.kind,
    resets: createResetStore(database, author, log),
    questions: createQuestionStore(database, author, log),
    freezes: createFreezeStore(database, author, log),
    contacts: createContactStore(database),
    tokens: createTokenStore(database),
    ping: () =>
      withStoreErrors(async () => {
        await database.db.selectFrom('audit_head').select('number').executeTakeFirstOrThrow();
      }),
    isOpen: () => open,
    checkSealing: (sealer) => checkSealing(database, sealer, role),
    missingKeys: ({ keyIds }) => withStoreErrors(() => findMissingKeys(database.db, keyIds)),
    restoredFrom: () => withStoreErrors(() => readRestoredFrom(database.db)),
    clockDifference: () => withStoreErrors(() => readClockDifference(database, clock)),
    auditHead: () => withStoreErrors(() => readAuditHead(database.db)),
    openWork: () => withStoreErrors(() => readOpenWork(database, clock.now())),
    watchTrail: (wrote) => {
      watcher = wrote;
    },
    close: async (givenUp) => {
      if (!open) return;
      open = false;
      await withStoreErrors(() => database.close(givenUp));
    },
  };
}

/**
 * Ends every lease at `now` and makes those requests due, with every choice that is worked on: for SQLite, where whoever held a
 * lease is gone once the next bot has started. Whose it was stays, because whoever takes over has to know that somebody was at
 * it: the password may stand in a message that nobody heard of.
 */
async function expireAllLeases({ db }: Database, now: number): Promise<void> {
  await withStoreErrors(async () => {
    await db
      .updateTable('reset_requests')
      .set({ lease_until: now, due_at: now })
      .where('lease_until', 'is not', null)
      .execute();
    await db.updateTable('open_questions').set({ due_at: now }).where('state', '=', 'chosen').execute();
  });
}

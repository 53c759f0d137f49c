import type { RawBuilder } from 'kysely';
import metadata from '../../package.json' with { type: 'json' };
import { type Clock, type Log, type Secret, storeTunables } from '../base/index.ts';
import type {
  ContactStore,
  FindOwedNote,
  FreezeStore,
  NoteStore,
  OpenWork,
  QuestionStore,
  ReadableFacts,
  ResetStore,
  TokenStore,
} from '../reset/index.ts';
import { inTrail } from './audit-trail/append-records.ts';
import { type AuditWriter, createAuditWriter } from './audit-trail/audit-writer.ts';
import { createAuditChain } from './audit-trail/audit-chain.ts';
import { type AuditHead, beginChain, readAuditHead } from './audit-trail/chain-head.ts';
import { readRestoredFrom, recordRestore } from './backup.ts';
import { createContactStore } from './contact-store.ts';
import { type Database, readClockDifference, type StoreRole, withStoreErrors } from './database/database.ts';
import { migrate, requireCurrentSchema } from './database/migrate.ts';
import { openDatabase } from './database/open-database.ts';
import { endAllLeases } from './requests/end-leases.ts';
import { createFreezeStore } from './freeze-store.ts';
import { createNoteStore } from './note-store.ts';
import { createQuestionStore } from './question-store.ts';
import { createReadableFacts } from './readable-facts.ts';
import { readOpenWork } from './requests/open-work.ts';
import { createResetStore } from './requests/request-store.ts';
import { type AlterationReport, createAlterationReport } from './rows/row-guard.ts';
import { checkSealing, findMissingKeys, type KeyedSealer } from './sealing.ts';
import type { TakeOver } from './rows/take-over-rows.ts';
import { createTokenStore } from './token-store.ts';

/** Everything that must survive a restart. Every failure of the database is a `StoreError`. */
export type Store = {
  readonly resets: ResetStore;
  readonly questions: QuestionStore;
  readonly freezes: FreezeStore;
  readonly contacts: ContactStore;
  readonly notes: NoteStore;
  readonly readableFacts: ReadableFacts;
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
  /** Calls `found` for each row that turns out not to be as Locksmith wrote it last. */
  readonly watchAlterations: AlterationReport['watch'];
  /** Calls `wrote` with how many records are being written into the trail by this process, each time. */
  watchTrail(wrote: (records: number) => void): void;
  /** How much was confirmed and is not done yet. */
  openWork(): Promise<OpenWork>;
  /** Waits for what is under way, but cuts it off when `givenUp` resolves. */
  close(givenUp?: Promise<void>): Promise<void>;
};

/**
 * Opens the store that `url` (`DATABASE_URL`) names.
 *
 * A `bot` brings the tables up to date, begins the chain of the trail and records a restore. Other roles work beside the
 * bot and need tables of this version. `instance` names this process in the trail.
 * `auditKey` (32 bytes, base64) chains the trail. Without it, no operation that has to be recorded is possible.
 * Throws a `StoreError`, such as `already-running`, `schema-newer` or `wrong-audit-key`.
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
  findOwedNote,
  chainBeginsAfter,
}: {
  readonly url: Secret;
  readonly clock: Clock;
  readonly instance: string;
  readonly auditKey?: Secret | undefined;
  readonly role?: StoreRole;
  readonly log?: Log;
  /** Receives the events of the trail that have to be in the log at every level. */
  readonly trailLog?: Log | undefined;
  /** What a PostgreSQL server takes for the present, in milliseconds since 1970; its own clock unless a test moves time. */
  readonly serverTime?: () => RawBuilder<number>;
  /** Finds the note for a ticket that a step owes. Left out where there is no ticket system. */
  readonly findOwedNote?: FindOwedNote | undefined;
  /** The operator's word that a trail of so many records is older than its chain. */
  readonly chainBeginsAfter?: number | undefined;
}): Promise<Store> {
  const database = await withStoreErrors(() => openDatabase(url, role, log, serverTime));
  const chain = auditKey && createAuditChain(auditKey);
  let watcher: (records: number) => void = () => undefined;
  const alterations = createAlterationReport(clock, log);
  const author = createAuditWriter({
    kind: database.kind,
    instance,
    version: metadata.version,
    chain,
    found: alterations.found,
    wrote: (records) => {
      watcher(records);
    },
  });
  try {
    if (role === 'bot') {
      const migrated = await sayWhileWaiting(clock, log, () =>
        withStoreErrors(() => database.forMigration((db) => migrate(db, author, clock.now(), chainBeginsAfter))),
      );
      const begun = chain && ((await beginChain(database, chain)) ?? migrated.beginning);
      if (begun) trailLog?.({ level: 'info', event: 'audit-chain-begun', ...begun });
      if (migrated.takeOver !== undefined) reportTakeOver(migrated.takeOver, trailLog, alterations);
      const restored = chain && (await recordRestore(database, author, clock.now()));
      if (restored) trailLog?.({ level: 'warn', event: 'restored-from-backup', from: restored.from ?? 'unknown' });
    } else {
      await withStoreErrors(() => requireCurrentSchema(database.db));
    }
    if (role === 'bot' && chain) await beginToFollow(database, author, clock.now());
  } catch (error) {
    await database.close();
    throw error;
  }
  let open = true;
  return {
    kind: database.kind,
    resets: createResetStore(database, author, log, findOwedNote),
    notes: createNoteStore(database, author, log),
    questions: createQuestionStore(database, author, log),
    freezes: createFreezeStore(database, author, log, findOwedNote),
    contacts: createContactStore(database, author),
    readableFacts: createReadableFacts(database, author),
    tokens: createTokenStore(database),
    ping: () =>
      withStoreErrors(async () => {
        await database.db.selectFrom('audit_head').select('number').executeTakeFirstOrThrow();
      }),
    isOpen: () => open,
    checkSealing: (sealer) => checkSealing(database, sealer, role),
    missingKeys: ({ keyIds }) => withStoreErrors(() => findMissingKeys(database.db, keyIds)),
    restoredFrom: () => withStoreErrors(() => readRestoredFrom(database.db)),
    clockDifference: async () => {
      const difference = await withStoreErrors(() => readClockDifference(database, clock));
      author.clocks.observe(difference);
      return difference;
    },
    auditHead: () => withStoreErrors(() => readAuditHead(database.db)),
    openWork: () => withStoreErrors(() => readOpenWork(database, clock.now())),
    watchAlterations: alterations.watch,
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

/** Says every ten seconds that the start still waits: for another instance, for a connection, or for its own migration. */
async function sayWhileWaiting<Result>(
  clock: Clock,
  log: Log | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  const every = storeTunables.startNoteMilliseconds;
  let seconds = 0;
  let cancel = schedule();
  try {
    return await work();
  } finally {
    cancel();
  }

  function schedule(): () => void {
    return clock.after(every, () => {
      seconds += every / 1000;
      log?.({ level: 'warn', event: 'start-waits-for-database', seconds });
      cancel = schedule();
    });
  }
}

/** Verifies the newest records before anything is believed. On SQLite no one else holds a lease. */
function beginToFollow(database: Database, author: AuditWriter, now: number): Promise<void> {
  return database.kind === 'sqlite'
    ? endAllLeases(database, author, now)
    : inTrail(database, author, () => Promise.resolve());
}

/** Says what became of the rows of an older version. */
function reportTakeOver(takeOver: TakeOver, trailLog: Log | undefined, { found }: AlterationReport): void {
  switch (takeOver.kind) {
    case 'taken-over':
      trailLog?.({ level: 'info', event: 'rows-taken-over', rows: takeOver.rows, leftOut: takeOver.leftOut });
      return;
    case 'broken':
      trailLog?.({ level: 'error', event: 'rows-not-taken-over', row: takeOver.row });
      found({ table: 'audit_records', how: 'changed', row: String(takeOver.row) });
  }
}

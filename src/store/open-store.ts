import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { QuestionStore, ResetStore } from '../reset/ports.ts';
import type { TokenStore } from '../reset/token-store.ts';
import type { Secret } from '../secret.ts';
import type { AuditRecord } from './audit-record.ts';
import { checkSealing } from './check-sealing.ts';
import { createQuestionStore } from './create-question-store.ts';
import { createResetStore } from './create-reset-store.ts';
import { createTokenStore } from './create-token-store.ts';
import type { KeyedSealer } from './create-sealer.ts';
import type { Database, StoreRole } from './database.ts';
import { migrate, requireCurrentSchema } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import { readAuditRecords } from './read-audit-records.ts';
import { readClockDifference } from './read-clock-difference.ts';
import { reportFailure } from './report-failure.ts';
import { voidLeases } from './void-leases.ts';

/** Everything that must survive. Whatever the database refuses is a `StoreError`. */
export type Store = {
  readonly resets: ResetStore;
  readonly questions: QuestionStore;
  readonly tokens: TokenStore;
  readonly kind: Database['kind'];
  /** Asks the database something, to see whether it is there. */
  ping(): Promise<void>;
  /** Whether it has been closed yet. */
  isOpen(): boolean;
  /** Throws a `StoreError` `wrong-key` where these keys do not open what is sealed. */
  checkSealing(sealer: KeyedSealer): Promise<void>;
  /** Milliseconds by which the database's clock is ahead of this machine's. */
  clockDifference(): Promise<number>;
  /** The trail in order, after the record of that number. */
  auditRecords(after: number, atMost: number): Promise<readonly AuditRecord[]>;
  close(): Promise<void>;
};

/**
 * Opens the store that `DATABASE_URL` names and brings its tables up to date. A `reader` does neither, and works beside
 * the bot. `instance` names this process in the trail.
 */
export async function openStore({
  url,
  clock,
  instance,
  role = 'bot',
  log,
}: {
  readonly url: Secret;
  readonly clock: Clock;
  readonly instance: string;
  readonly role?: StoreRole;
  readonly log?: Log;
}): Promise<Store> {
  const database = await reportFailure(() => Promise.resolve(openDatabase(url, role, log)));
  try {
    await reportFailure(() => (role === 'bot' ? migrate(database.db) : requireCurrentSchema(database.db)));
    if (role === 'bot' && database.kind === 'sqlite') await voidLeases(database, clock.now());
  } catch (error) {
    await database.close();
    throw error;
  }
  let open = true;
  return {
    kind: database.kind,
    resets: createResetStore(database, instance, log),
    questions: createQuestionStore(database, instance, log),
    tokens: createTokenStore(database),
    ping: () =>
      reportFailure(async () => {
        await database.db.selectFrom('audit_head').select('number').executeTakeFirstOrThrow();
      }),
    isOpen: () => open,
    checkSealing: (sealer) => checkSealing(database, sealer, role),
    clockDifference: () => reportFailure(() => readClockDifference(database, clock)),
    auditRecords: (after, atMost) => reportFailure(() => readAuditRecords(database.db, after, atMost)),
    close: async () => {
      if (!open) return;
      open = false;
      await reportFailure(() => database.close());
    },
  };
}

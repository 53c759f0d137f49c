import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { Clock } from '../../base/index.ts';
import { createBatch, sendTogether } from './statement-batch.ts';
import { readStoreError, StoreError } from './store-error.ts';

/** An open database, and the little in which the two differ. */
export type Database = {
  readonly kind: 'sqlite' | 'postgres';
  readonly db: Kysely<Schema>;
  /** The present as an expression: SQLite, with one bot, takes the caller's word; a server has one clock for all instances. */
  readonly present: (callersNow: number) => RawBuilder<number>;
  /** Called after a transaction has erased a sealed value: removes what is left of it outside the row. */
  readonly afterErasing: () => Promise<void>;
  /** Called regularly: does what `afterErasing` could not do while another connection read. */
  readonly tidy: () => Promise<void>;
  /** Runs a migration: one process at a time, without the time limits of other statements. */
  readonly forMigration: <Result>(work: (db: Kysely<Schema>) => Promise<Result>) => Promise<Result>;
  /** Waits for what is under way, but cuts it off when `givenUp` resolves. */
  readonly close: (givenUp?: Promise<void>) => Promise<void>;
};

/**
 * The purpose for which a database is opened.
 * - `bot`: Migrates the tables. On SQLite only one bot may have the file open.
 * - `reader`: Reads beside the bot.
 * - `reader-of-copy`: Reads a file that no process writes to.
 * - `consent`: Writes beside the bot: a new sign-in, or that a note is sent again.
 */
export type StoreRole = 'bot' | 'reader' | 'reader-of-copy' | 'consent';

/**
 * Does `work` in one transaction, alone: on SQLite the transaction is the lock, on PostgreSQL the head of the trail is.
 * So what `work` reads stays true until it is done. If it throws, nothing of it remains. What stands in `first` is sent together
 * with the lock, behind it, and so reads what stays true as well.
 */
export function inTransaction<Result>(
  { db, kind }: Pick<Database, 'db' | 'kind'>,
  work: (trx: Transaction<Schema>) => Promise<Result>,
  first = createBatch(),
): Promise<Result> {
  return withStoreErrors(() =>
    db.transaction().execute(async (trx) => {
      const lock = createBatch();
      if (kind === 'postgres') {
        lock.add(trx.selectFrom('audit_head').select('id').where('id', '=', 1).forUpdate(), ({ rows }) => {
          if (rows.length === 0) throw new StoreError('audit-end-altered');
        });
      }
      await sendTogether(trx, lock, first);
      return work(trx);
    }),
  );
}

/** Reads one setting; undefined where it was never written. */
export async function readSetting(db: Kysely<Schema>, name: string): Promise<string | undefined> {
  const row = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst();
  return row?.value;
}

/** Writes one setting, in place of the value that it has. */
export async function writeSetting(db: Kysely<Schema>, name: string, value: string): Promise<void> {
  await db
    .insertInto('settings')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

/** Does some work with the database; what the database throws leaves as a `StoreError`. */
export async function withStoreErrors<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw readStoreError(error);
  }
}

/**
 * Milliseconds by which the database's clock is ahead of this machine's (negative: behind), to half a round trip. Leases
 * are given by one and judged by the other. 0 on SQLite, where there is one clock.
 */
export async function readClockDifference({ db, kind, present }: Database, clock: Clock): Promise<number> {
  if (kind === 'sqlite') return 0;
  const asked = clock.now();
  const { rows } = await sql<{ now: number }>`
    select ${present(asked)} as now`.execute(db);
  const answered = clock.now();
  return (rows[0]?.now ?? Number.NaN) - (asked + answered) / 2;
}

/** The tables as they stand after the last migration. Instants are milliseconds since 1970 in UTC. */
export type Schema = {
  /** `reference`: what people read out. It has to follow from the id, which is signed. */
  readonly reset_requests: Signed<ResetRequestRow> & { readonly reference: string | null };
  readonly open_questions: Signed<QuestionRow>;
  readonly audit_records: AuditRow;
  readonly audit_head: { readonly id: number; readonly number: number; readonly hash: string };
  readonly token_cache: TokenCacheRow;
  readonly freezes: Signed<FreezeRow>;
  readonly contacts: Signed<ContactRow>;
  readonly ticket_notes: Signed<NoteRow>;
  readonly readable_facts: Signed<ReadableFactRow>;
  readonly settings: { readonly name: string; readonly value: string };
  readonly kysely_migration: { readonly name: string };
};

/** `mac` authenticates all other columns; empty in a row that Locksmith has not signed. */
type Signed<Row> = Row & { readonly mac: string };

/** What is asked for in queries stands in columns, the rest in `details` as JSON; ids stand in both. */
export type ResetRequestRow = {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly customer_id: string;
  readonly user_id: string;
  readonly technician_id: string;
  readonly technician_tenant_id: string;
  readonly asked_in: string;
  readonly asked_by: string;
  readonly card_is_owed: number;
  readonly proposed_at: number;
  readonly confirmed_at: number | null;
  readonly sealed_key_id: string | null;
  readonly sealed_nonce: string | null;
  readonly sealed_ciphertext: string | null;
  readonly lease_owner: string | null;
  readonly lease_until: number | null;
  readonly due_at: number | null;
  readonly details: string;
};

/** As with requests: ids stand in columns and in `details`. */
export type QuestionRow = {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly technician_id: string;
  readonly technician_tenant_id: string;
  readonly asked_in: string;
  readonly asked_by: string;
  readonly due_at: number | null;
  readonly ended_at: number | null;
  readonly details: string;
};

/** One sealed sign-in; `lease_owner` renews it until `lease_until`. */
type TokenCacheRow = {
  readonly name: string;
  readonly version: number;
  readonly sealed_key_id: string;
  readonly sealed_nonce: string;
  readonly sealed_ciphertext: string;
  readonly lease_owner: string | null;
  readonly lease_until: number | null;
};

export type AuditRow = {
  readonly number: number;
  readonly at: number;
  readonly kind: string;
  readonly actor: string;
  readonly instance: string;
  readonly request_id: string | null;
  readonly correlation_id: string | null;
  readonly operation_id: string | null;
  readonly customer_id: string | null;
  readonly user_id: string | null;
  readonly state_before: string | null;
  readonly state_after: string | null;
  readonly facts: string;
  /** Whom it is about, as canonical JSON. */
  readonly about: string;
  /** The program that wrote it. */
  readonly version: string;
  /** The row that it is about; null where it is about none. */
  readonly row_key: string | null;
  /** The MAC of that row after it; null where the row was removed. */
  readonly row_mac: string | null;
  /** One MAC for all freezes in force after it; null where none was. */
  readonly frozen: string | null;
  /** Empty in records from before there was a chain. */
  readonly hash: string;
};

/** `scope` is the tenant id of a customer, or `*` for everything. */
export type FreezeRow = {
  readonly scope: string;
  readonly frozen_at: number;
  readonly details: string;
};

/** A note for a ticket; ids stand in columns and in `details`. */
export type NoteRow = {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly ticket: string;
  readonly happened_at: number;
  readonly tries: number;
  readonly lease_owner: string | null;
  readonly lease_until: number | null;
  readonly due_at: number | null;
  readonly details: string;
};

/** A fact that protects accounts, and that Microsoft Graph has told at this customer. */
export type ReadableFactRow = {
  /** Tenant id, in lower case. */
  readonly customer_id: string;
  readonly fact: string;
  readonly read_at: number;
};

export type ContactRow = {
  readonly object_id: string;
  readonly tenant_id: string;
  readonly seen_at: number;
  readonly details: string;
};

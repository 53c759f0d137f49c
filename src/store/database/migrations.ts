import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import {
  auditChainMigration,
  guardsMigration,
  makeAuditTables,
  rowAuthenticationMigration,
} from './audit-migrations.ts';
import { referencesMigration } from './references-migration.ts';

/** The sealed sign-in to Partner Center, and who is renewing it just now. */
const tokenCacheMigration: Migration = {
  async up(db) {
    await db.schema
      .createTable('token_cache')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('version', 'bigint', (column) => column.notNull())
      .addColumn('sealed_key_id', 'text', (column) => column.notNull())
      .addColumn('sealed_nonce', 'text', (column) => column.notNull())
      .addColumn('sealed_ciphertext', 'text', (column) => column.notNull())
      .addColumn('lease_owner', 'text')
      .addColumn('lease_until', 'bigint')
      .execute();
  },
};

/** Freezes, those who have written to the bot, and an index of requests that a freeze ends. */
const approvalsAndFreezesMigration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('freezes')
      .addColumn('scope', 'text', (column) => column.primaryKey())
      .addColumn('frozen_at', 'bigint', (column) => column.notNull())
      .addColumn('details', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('contacts')
      .addColumn('object_id', 'text', (column) => column.notNull())
      .addColumn('tenant_id', 'text', (column) => column.notNull())
      .addColumn('seen_at', 'bigint', (column) => column.notNull())
      .addColumn('details', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('one_contact_a_person', ['object_id', 'tenant_id'])
      .execute();
    await sql`create index contacts_seen on contacts (tenant_id, seen_at)`.execute(db);
    await sql`create index requests_not_sealed on reset_requests (customer_id)
      where state in ('proposed', 'awaiting-approval', 'approved', 'message-open')`.execute(db);
  },
};

/** Finds the few requests whose password waits to be delivered, or cannot be read, among all there ever were. */
const waitingMigration: Migration = {
  async up(db) {
    await sql`create index requests_waiting on reset_requests (proposed_at)
      where state in ('delivering', 'needs-attention')`.execute(db);
  },
};

/** When a question ended stands in a column, so that those which ended long ago can be found and deleted. */
const endedQuestionsMigration: Migration = { up: addEndedAt };

type Tables = { readonly open_questions: { readonly id: string; readonly details: string; readonly ended_at: number } };

async function addEndedAt(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable('open_questions').addColumn('ended_at', 'bigint').execute();
  const rows = await db.selectFrom('open_questions').select(['id', 'details']).execute();
  for (const { id, details } of rows) {
    const endedAt = readEndedAt(details);
    if (endedAt !== undefined) {
      await db.updateTable('open_questions').set({ ended_at: endedAt }).where('id', '=', id).execute();
    }
  }
  await sql`create index questions_ended on open_questions (ended_at) where ended_at is not null`.execute(db);
}

/** A row that cannot be read is left as it is. */
function readEndedAt(details: string): number | undefined {
  try {
    const question: unknown = JSON.parse(details);
    if (typeof question !== 'object' || question === null || !('endedAt' in question)) return undefined;
    return typeof question.endedAt === 'number' ? question.endedAt : undefined;
  } catch {
    return undefined;
  }
}

/** Notes that wait for the ticket system. Those of one ticket are sent in order. */
const ticketNotesMigration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('ticket_notes')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('version', 'bigint', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('ticket', 'text', (column) => column.notNull())
      .addColumn('happened_at', 'bigint', (column) => column.notNull())
      .addColumn('tries', 'bigint', (column) => column.notNull())
      .addColumn('lease_owner', 'text')
      .addColumn('lease_until', 'bigint')
      .addColumn('due_at', 'bigint')
      .addColumn('details', 'text', (column) => column.notNull())
      .addColumn('mac', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
    await sql`create index notes_due on ticket_notes (due_at) where state = 'waiting'`.execute(db);
    await sql`create index notes_of_ticket on ticket_notes (ticket, happened_at) where state = 'waiting'`.execute(db);
  },
};

/** Which facts that protect accounts Microsoft Graph has told at which customer: what it told once has to be told from then on. */
const readableFactsMigration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('readable_facts')
      .addColumn('customer_id', 'text', (column) => column.notNull())
      .addColumn('fact', 'text', (column) => column.notNull())
      .addColumn('read_at', 'bigint', (column) => column.notNull())
      .addColumn('mac', 'text', (column) => column.notNull().defaultTo(''))
      .addPrimaryKeyConstraint('one_fact_a_customer', ['customer_id', 'fact'])
      .execute();
  },
};

/**
 * Finds what a delivery, a freeze and a list of notes ask for without reading all there ever was: the passwords that are shown of a
 * user, those that are made and may not be set yet, and the latest notes.
 */
const shownAndSealedMigration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`create index requests_shown on reset_requests (customer_id, user_id) where state = 'delivered'`.execute(
      db,
    );
    await sql`create index requests_being_set on reset_requests (customer_id)
      where state in ('sealed', 'resetting')`.execute(db);
    await sql`create index notes_happened on ticket_notes (happened_at)`.execute(db);
  },
};

/** Every change of the tables, in the order of the names. One that has run anywhere is never edited. */
export const migrations = {
  '0001-requests-and-audit': { up: makeFirstTables },
  '0002-undelivered': { up: indexUndelivered },
  '0003-unfinished': { up: indexUnfinished },
  '0004-limits': { up: indexConfirmed },
  '0005-open-questions': { up: makeQuestions },
  '0006-history': { up: indexHistory },
  '0007-questions-of-somebody': { up: indexOpenQuestions },
  '0008-token-cache': tokenCacheMigration,
  '0009-audit-chain': auditChainMigration,
  '0010-approvals-and-freezes': approvalsAndFreezesMigration,
  '0011-waiting': waitingMigration,
  '0012-ended-questions': endedQuestionsMigration,
  '0013-guards': guardsMigration,
  '0014-row-authentication': rowAuthenticationMigration,
  '0015-references': referencesMigration,
  '0016-ticket-notes': ticketNotesMigration,
  '0017-readable-facts': readableFactsMigration,
  '0018-shown-and-sealed': shownAndSealedMigration,
} as const satisfies Record<string, Migration>;

async function makeFirstTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('reset_requests')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('customer_id', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('technician_id', 'text', (column) => column.notNull())
    .addColumn('technician_tenant_id', 'text', (column) => column.notNull())
    .addColumn('asked_in', 'text', (column) => column.notNull())
    .addColumn('asked_by', 'text', (column) => column.notNull())
    .addColumn('card_is_owed', 'integer', (column) => column.notNull())
    .addColumn('proposed_at', 'bigint', (column) => column.notNull())
    .addColumn('confirmed_at', 'bigint')
    .addColumn('sealed_key_id', 'text')
    .addColumn('sealed_nonce', 'text')
    .addColumn('sealed_ciphertext', 'text')
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until', 'bigint')
    .addColumn('due_at', 'bigint')
    .addColumn('details', 'text', (column) => column.notNull())
    .execute();
  await sql`create unique index one_request_for_an_activity on reset_requests (asked_in, asked_by)`.execute(db);
  await sql`create unique index one_request_under_way on reset_requests (customer_id, user_id) where state in
    ('awaiting-approval', 'approved', 'message-open', 'sealed', 'resetting', 'reset', 'delivering', 'needs-attention')`.execute(
    db,
  );
  await sql`create index open_proposals on reset_requests (technician_id, customer_id, user_id)
    where state = 'proposed'`.execute(db);
  await sql`create index requests_due on reset_requests (due_at) where due_at is not null`.execute(db);
  await sql`create index requests_sealed on reset_requests (sealed_key_id) where sealed_key_id is not null`.execute(db);
  await makeAuditTables(db);
  await db.schema
    .createTable('settings')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
}

async function indexUndelivered(db: Kysely<unknown>): Promise<void> {
  await sql`create index requests_undelivered on reset_requests (technician_id, technician_tenant_id)
    where state = 'delivering'`.execute(db);
}

async function indexUnfinished(db: Kysely<unknown>): Promise<void> {
  await sql`create index requests_unfinished on reset_requests (technician_id, technician_tenant_id, proposed_at)
    where state not in ('hidden', 'cancelled', 'declined', 'expired', 'refused')`.execute(db);
}

async function makeQuestions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('open_questions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('technician_id', 'text', (column) => column.notNull())
    .addColumn('technician_tenant_id', 'text', (column) => column.notNull())
    .addColumn('asked_in', 'text', (column) => column.notNull())
    .addColumn('asked_by', 'text', (column) => column.notNull())
    .addColumn('due_at', 'bigint')
    .addColumn('details', 'text', (column) => column.notNull())
    .execute();
  await sql`create unique index one_question_for_an_activity on open_questions (asked_in, asked_by)`.execute(db);
  await sql`create index questions_due on open_questions (due_at) where due_at is not null`.execute(db);
  await sql`create index requests_confirmed on reset_requests
    (technician_id, technician_tenant_id, asked_in, confirmed_at) where confirmed_at is not null`.execute(db);
}

async function indexConfirmed(db: Kysely<unknown>): Promise<void> {
  await sql`create index limits_overall on reset_requests (confirmed_at) where confirmed_at is not null`.execute(db);
  await sql`create index limits_of_user on reset_requests (customer_id, user_id, confirmed_at)
    where confirmed_at is not null`.execute(db);
}

async function indexHistory(db: Kysely<unknown>): Promise<void> {
  await sql`create index history_of_everybody on reset_requests (proposed_at)`.execute(db);
  await sql`create index history_of_technician on reset_requests
    (technician_id, technician_tenant_id, proposed_at)`.execute(db);
}

async function indexOpenQuestions(db: Kysely<unknown>): Promise<void> {
  await sql`create index questions_open on open_questions (technician_id, technician_tenant_id, due_at)
    where state = 'open'`.execute(db);
}

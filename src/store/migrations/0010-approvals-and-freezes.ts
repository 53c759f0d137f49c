import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Freezes, those who have written to the bot, and an index of requests that a freeze ends. */
export const approvalsAndFreezesMigration: Migration = {
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

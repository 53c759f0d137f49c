import { PostgresAdapter, sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Chains the trail. Records from before have no hash: they stay as they are, and the chain begins after them. From here on
 * the database itself refuses to change or remove a record; who may drop a trigger still can, and the chain tells.
 */
export const auditChainMigration: Migration = {
  async up(db) {
    await db.schema
      .alterTable('audit_records')
      .addColumn('about', 'text', (column) => column.notNull().defaultTo('{}'))
      .execute();
    await db.schema
      .alterTable('audit_records')
      .addColumn('version', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
    await db.schema
      .alterTable('audit_records')
      .addColumn('hash', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
    await db.schema
      .alterTable('audit_head')
      .addColumn('hash', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
    await (db.getExecutor().adapter instanceof PostgresAdapter ? guardPostgres(db) : guardSqlite(db));
  },
};

/** https://sqlite.org/lang_createtrigger.html */
async function guardSqlite(db: Kysely<unknown>): Promise<void> {
  for (const event of ['update', 'delete']) {
    await sql`create trigger ${sql.id(`audit_records_no_${event}`)} before ${sql.raw(event)} on audit_records
      begin select raise(abort, 'the audit trail is append-only'); end`.execute(db);
  }
}

/** https://www.postgresql.org/docs/current/sql-createtrigger.html */
async function guardPostgres(db: Kysely<unknown>): Promise<void> {
  await sql`create function audit_records_are_append_only() returns trigger language plpgsql as
    $$ begin raise exception 'the audit trail is append-only'; end $$`.execute(db);
  await sql`create trigger audit_records_guard before update or delete or truncate on audit_records
    for each statement execute function audit_records_are_append_only()`.execute(db);
}

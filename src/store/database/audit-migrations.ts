import { type Kysely, PostgresAdapter, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The first tables of the trail, of the first migration. */
export async function makeAuditTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('audit_records')
    .addColumn('number', 'bigint', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('instance', 'text', (column) => column.notNull())
    .addColumn('request_id', 'text')
    .addColumn('correlation_id', 'text')
    .addColumn('operation_id', 'text')
    .addColumn('customer_id', 'text')
    .addColumn('user_id', 'text')
    .addColumn('state_before', 'text')
    .addColumn('state_after', 'text')
    .addColumn('facts', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('audit_head')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('number', 'bigint', (column) => column.notNull())
    .execute();
  await sql`insert into audit_head (id, number) values (1, 0)`.execute(db);
}

/**
 * Chains the trail. Records from before have no hash: they stay as they are, and the chain begins after them. From here on
 * the database refuses to change or remove a record. The owner of the tables can drop a trigger, and the chain shows it.
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
    await (db.getExecutor().adapter instanceof PostgresAdapter ? guardRecordsOnPostgres(db) : guardRecordsOnSqlite(db));
  },
};

/** https://sqlite.org/lang_createtrigger.html */
async function guardRecordsOnSqlite(db: Kysely<unknown>): Promise<void> {
  for (const event of ['update', 'delete']) {
    await sql`create trigger ${sql.id(`audit_records_no_${event}`)} before ${sql.raw(event)} on audit_records
      begin select raise(abort, 'the audit trail is append-only'); end`.execute(db);
  }
}

/** https://www.postgresql.org/docs/current/sql-createtrigger.html */
async function guardRecordsOnPostgres(db: Kysely<unknown>): Promise<void> {
  await sql`create function audit_records_are_append_only() returns trigger language plpgsql as
    $$ begin raise exception 'the audit trail is append-only'; end $$`.execute(db);
  await sql`create trigger audit_records_guard before update or delete or truncate on audit_records
    for each statement execute function audit_records_are_append_only()`.execute(db);
}

/**
 * Closes what the guard of the trail left open: `replace into` on SQLite, which removes a row and calls no trigger for that,
 * and the head, which is moved and never removed. The owner of the tables can still drop a trigger, and the chain shows it.
 */
export const guardsMigration: Migration = {
  up: (db) => (db.getExecutor().adapter instanceof PostgresAdapter ? guardHeadOnPostgres(db) : guardHeadOnSqlite(db)),
};

/**
 * A row that is given the place of another one within the file replaces it too. Where no place is given, `new.rowid` is -1.
 * https://sqlite.org/lang_conflict.html, https://sqlite.org/lang_createtrigger.html
 */
async function guardHeadOnSqlite(db: Kysely<unknown>): Promise<void> {
  await sql`create trigger audit_records_no_replace before insert on audit_records
    when exists (select 1 from audit_records where number = new.number or rowid = new.rowid)
    begin select raise(abort, 'the audit trail is append-only'); end`.execute(db);
  for (const event of ['insert', 'delete']) {
    await sql`create trigger ${sql.id(`audit_head_no_${event}`)} before ${sql.raw(event)} on audit_head
      begin select raise(abort, 'the head of the audit trail is only moved'); end`.execute(db);
  }
}

/** There `on conflict do update` calls the triggers of an update. */
async function guardHeadOnPostgres(db: Kysely<unknown>): Promise<void> {
  await sql`create function audit_head_is_only_moved() returns trigger language plpgsql as
    $$ begin raise exception 'the head of the audit trail is only moved'; end $$`.execute(db);
  await sql`create trigger audit_head_guard before insert or delete or truncate on audit_head
    for each statement execute function audit_head_is_only_moved()`.execute(db);
}

/**
 * Gives every row that decides something a MAC, and the trail three members: the row that a record is about, that row's MAC
 * after it, and one MAC for all freezes in force. Rows of an older version are signed by `takeOverRows`, which has the key.
 */
export const rowAuthenticationMigration: Migration = {
  async up(db) {
    for (const table of ['reset_requests', 'open_questions', 'freezes', 'contacts']) {
      await db.schema
        .alterTable(table)
        .addColumn('mac', 'text', (column) => column.notNull().defaultTo(''))
        .execute();
    }
    for (const column of ['row_key', 'row_mac', 'frozen']) {
      await db.schema.alterTable('audit_records').addColumn(column, 'text').execute();
    }
    await sql`create index records_of_row on audit_records (row_key, number) where row_key is not null`.execute(db);
  },
};

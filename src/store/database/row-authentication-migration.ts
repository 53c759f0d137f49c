import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

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

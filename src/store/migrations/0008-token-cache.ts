import type { Migration } from 'kysely/migration';

/** The sealed sign-in to Partner Center, and who is renewing it just now. */
export const tokenCacheMigration: Migration = {
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

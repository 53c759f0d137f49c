import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Finds the few requests whose password waits to be delivered, or cannot be read, among all there ever were. */
export const waitingMigration: Migration = {
  async up(db) {
    await sql`create index requests_waiting on reset_requests (proposed_at)
      where state in ('delivering', 'needs-attention')`.execute(db);
  },
};

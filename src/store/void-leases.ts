import type { Database } from './database.ts';
import { reportFailure } from './report-failure.ts';

/**
 * Ends every lease at `now` and makes those requests due, with every choice that is worked on: for SQLite, where whoever held a
 * lease is gone once the next bot has started. Whose it was stays, because whoever takes over has to know that somebody was at
 * it: the password may stand in a message that nobody heard of.
 */
export async function voidLeases({ db }: Database, now: number): Promise<void> {
  await reportFailure(async () => {
    await db
      .updateTable('reset_requests')
      .set({ lease_until: now, due_at: now })
      .where('lease_until', 'is not', null)
      .execute();
    await db.updateTable('open_questions').set({ due_at: now }).where('state', '=', 'chosen').execute();
  });
}

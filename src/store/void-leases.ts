import type { Database } from './database.ts';
import { reportFailure } from './report-failure.ts';

/** Makes every leased request and every choice that is worked on due at `now`: for SQLite, where whoever held a lease is gone once the next bot has started. */
export async function voidLeases({ db }: Database, now: number): Promise<void> {
  await reportFailure(async () => {
    await db
      .updateTable('reset_requests')
      .set({ lease_owner: null, lease_until: null, due_at: now })
      .where('lease_until', 'is not', null)
      .execute();
    await db.updateTable('open_questions').set({ due_at: now }).where('state', '=', 'chosen').execute();
  });
}

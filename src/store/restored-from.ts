import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** The name under which a copy says from which instant it is. */
export const restoredFromName = 'restored-from';

/**
 * From when the backup is that this database was restored from, in milliseconds since 1970; undefined where it was never
 * restored. What was proposed until then may have been done by the bot that was backed up, after the backup was taken.
 */
export async function readRestoredFrom(db: Kysely<Schema>): Promise<number | undefined> {
  const row = await db.selectFrom('settings').select('value').where('name', '=', restoredFromName).executeTakeFirst();
  return row === undefined ? undefined : Number(row.value);
}

/** Marks a database that was restored by other means than a backup of ours: everything that is in it now is as old as `at`. */
export async function markRestored(db: Kysely<Schema>, at: number): Promise<void> {
  const value = String(at);
  await db
    .insertInto('settings')
    .values({ name: restoredFromName, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

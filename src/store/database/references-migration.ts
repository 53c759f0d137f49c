import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { asId, type ResetRequestId, storeTunables } from '../../base/index.ts';
import { makeReference, maxReferencesTried } from '../../reset/index.ts';
import type { Schema } from './database.ts';
import { StoreError } from './store-error.ts';

/**
 * Gives each request a reference that can be read out, those of older versions too. No row is signed anew for
 * it: it follows from the id, which is signed.
 */
export const referencesMigration: Migration = {
  async up(db: Kysely<Schema>) {
    await db.schema.alterTable('reset_requests').addColumn('reference', 'text').execute();
    await sql`create unique index one_request_of_a_reference on reset_requests (reference)`.execute(db);
    for (let after = ''; ;) {
      const page = await db
        .selectFrom('reset_requests')
        .select('id')
        .where('id', '>', after)
        .orderBy('id')
        .limit(storeTunables.comparedPageRows)
        .execute();
      for (const { id } of page) {
        const reference = await findFreeReference(db, asId<ResetRequestId>(id));
        await db.updateTable('reset_requests').set({ reference }).where('id', '=', id).execute();
      }
      const last = page.at(-1);
      if (last === undefined || page.length < storeTunables.comparedPageRows) return;
      after = last.id;
    }
  },
};

/** The first reference that follows from the id and that no other request has. */
export async function findFreeReference(db: Kysely<Schema>, id: ResetRequestId): Promise<string> {
  for (let tries = 0; tries < maxReferencesTried; tries += 1) {
    const reference = makeReference(id, tries);
    const taken = await db
      .selectFrom('reset_requests')
      .select('id')
      .where('reference', '=', reference)
      .executeTakeFirst();
    if (taken === undefined) return reference;
  }
  throw new StoreError('unexpected');
}

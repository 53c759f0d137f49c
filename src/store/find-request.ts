import type { Kysely } from 'kysely';
import type { ResetRequestId } from '../ids.ts';
import type { ResetRequest } from '../reset/request.ts';
import { readResetRequest } from './read-reset-request.ts';
import type { Schema } from './schema.ts';

/** The request of this id, or undefined. */
export async function findRequest(db: Kysely<Schema>, id: ResetRequestId): Promise<ResetRequest | undefined> {
  const row = await db.selectFrom('reset_requests').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : readResetRequest(row);
}

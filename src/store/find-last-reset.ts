import type { Kysely } from 'kysely';
import type { CustomerId, UserId } from '../ids.ts';
import type { ResetRequest } from '../reset/request.ts';
import { readResetRequest } from './read-reset-request.ts';
import type { Schema } from './schema.ts';

/** More resets of one user than any policy should allow in a day; further back nobody looks. */
const mostLookedAt = 50;

/** The latest request for this user, confirmed at `since` or later, that set a password or may have. */
export async function findLastReset(
  db: Kysely<Schema>,
  customer: CustomerId,
  user: UserId,
  since: number,
): Promise<ResetRequest | undefined> {
  const rows = await db
    .selectFrom('reset_requests')
    .selectAll()
    .where('customer_id', '=', customer)
    .where('user_id', '=', user)
    .where('confirmed_at', '>=', since)
    .orderBy('confirmed_at', 'desc')
    .orderBy('id')
    .limit(mostLookedAt)
    .execute();
  return rows.map(readResetRequest).find(({ resetAt, attention }) => resetAt !== undefined || attention !== undefined);
}

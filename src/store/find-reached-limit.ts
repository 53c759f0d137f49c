import type { Transaction } from 'kysely';
import type { Limit, ReachedLimit } from '../reset/policy/policy.ts';
import type { ResetRequest } from '../reset/request.ts';
import type { Schema } from './schema.ts';
import { StoreError } from './store-error.ts';

/**
 * The limit that keeps this confirmation out for the longest time, or undefined where there is room. It has to be asked
 * in the transaction that confirms: then nobody else confirms in between, at this instance or another.
 */
export async function findReachedLimit(
  trx: Transaction<Schema>,
  request: ResetRequest,
  limits: readonly Limit[],
): Promise<ReachedLimit | undefined> {
  let longest: ReachedLimit | undefined;
  for (const limit of limits) {
    const leaves = await whenRoomIsMade(trx, request, limit);
    if (leaves !== undefined && leaves > (longest?.againAt ?? 0)) longest = { limit, againAt: leaves };
  }
  return longest;
}

/** There is room again when the last but `most - 1` of the confirmations in the window has left it. */
async function whenRoomIsMade(
  trx: Transaction<Schema>,
  { confirmedAt, technician, target }: ResetRequest,
  { kind, most, windowMilliseconds }: Limit,
): Promise<number | undefined> {
  if (confirmedAt === undefined) throw new StoreError('unexpected');
  const inWindow = trx
    .selectFrom('reset_requests')
    .select('confirmed_at')
    .where('confirmed_at', '>', confirmedAt - windowMilliseconds)
    .orderBy('confirmed_at', 'desc')
    .limit(1)
    .offset(most - 1);
  const counted = {
    overall: () => inWindow,
    customer: () => inWindow.where('customer_id', '=', target.customer.id),
    user: () => inWindow.where('customer_id', '=', target.customer.id).where('user_id', '=', target.user.id),
    technician: () =>
      inWindow.where('technician_id', '=', technician.objectId).where('technician_tenant_id', '=', technician.tenantId),
  }[kind]();
  const row = await counted.executeTakeFirst();
  return row?.confirmed_at == null ? undefined : row.confirmed_at + windowMilliseconds;
}

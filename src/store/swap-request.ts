import type { Transaction } from 'kysely';
import type { ResetStore } from '../reset/ports/stores.ts';
import type { ResetRequest } from '../reset/request.ts';
import type { Step } from '../reset/step.ts';
import { appendAudit, type AuditAuthor } from './append-audit.ts';
import { findFreezeAgainst } from './find-freeze-against.ts';
import { findReachedLimit } from './find-reached-limit.ts';
import { makeResetRequestRow } from './make-reset-request-row.ts';
import type { Schema } from './schema.ts';
import { StoreError } from './store-error.ts';
import { underWayStates } from './under-way-states.ts';

/** Swaps a request and writes its entry, within a transaction. The step has to be a possible one. */
export async function swapRequest(
  trx: Transaction<Schema>,
  author: AuditAuthor,
  before: ResetRequest,
  { after, entry, within = [] }: Step,
): Promise<Awaited<ReturnType<ResetStore['swap']>>> {
  if (!(await isStillAt(trx, before))) return { kind: 'stale' };
  if (await isUserBusy(trx, before, after)) return { kind: 'user-busy' };
  const freeze = await findFreezeAgainst(trx, before, after);
  if (freeze !== undefined) return { kind: 'frozen', freeze };
  const reached = await findReachedLimit(trx, after, within);
  if (reached !== undefined) return { kind: 'over-limit', ...reached };
  const { id, ...columns } = makeResetRequestRow(after);
  const { numUpdatedRows } = await trx
    .updateTable('reset_requests')
    .set(columns)
    .where('id', '=', id)
    .where('version', '=', before.version)
    .where('state', '=', before.state)
    .executeTakeFirstOrThrow();
  // The row was there a statement ago, in the same transaction that holds the lock.
  if (numUpdatedRows !== 1n) throw new StoreError('unexpected');
  await appendAudit(trx, author, [{ entry, before, after }]);
  return { kind: 'swapped', request: after };
}

/** Asked first, so that whoever comes late hears of that and not of the request that overtook them. */
async function isStillAt(trx: Transaction<Schema>, { id, version, state }: ResetRequest): Promise<boolean> {
  const row = await trx
    .selectFrom('reset_requests')
    .select('id')
    .where('id', '=', id)
    .where('version', '=', version)
    .where('state', '=', state)
    .executeTakeFirst();
  return row !== undefined;
}

async function isUserBusy(trx: Transaction<Schema>, before: ResetRequest, after: ResetRequest): Promise<boolean> {
  if (isUnderWay(before) || !isUnderWay(after)) return false;
  const other = await trx
    .selectFrom('reset_requests')
    .select('id')
    .where('customer_id', '=', after.target.customer.id)
    .where('user_id', '=', after.target.user.id)
    .where('state', 'in', underWayStates)
    .executeTakeFirst();
  return other !== undefined;
}

function isUnderWay(request: ResetRequest): boolean {
  return underWayStates.some((state) => state === request.state);
}

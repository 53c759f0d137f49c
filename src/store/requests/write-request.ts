import type { Transaction } from 'kysely';
import {
  type AuditEntry,
  type Limit,
  type ReachedLimit,
  requireAllowedStep,
  type ResetRequest,
  type ResetStore,
  states,
  type Step,
} from '../../reset/index.ts';
import { appendAuditRecords, type AuditChange, type AuditWriter } from '../audit-trail/append-records.ts';
import type { Schema } from '../database/database.ts';
import { StoreError } from '../database/store-error.ts';
import { findFreezeAgainst } from '../freeze-store.ts';
import { createResetRequestRow, readResetRequest, stateLiterals } from './request-row.ts';

/** Adds a request at its first version and expires what the same person has proposed for the same user, within a transaction. */
export async function addRequest(
  trx: Transaction<Schema>,
  author: AuditWriter,
  request: ResetRequest,
  entry: AuditEntry,
): Promise<'added' | 'already-there'> {
  const asked = await trx
    .selectFrom('reset_requests')
    .select('id')
    .where('asked_in', '=', request.askedIn.id)
    .where('asked_by', '=', request.askedBy)
    .executeTakeFirst();
  if (asked !== undefined) return 'already-there';

  const lines: AuditChange[] = [];
  for (const before of await findOpenProposals(trx, request)) {
    const after = expire(before, entry.at);
    requireAllowedStep(before, after);
    const { id, ...columns } = createResetRequestRow(after);
    await trx.updateTable('reset_requests').set(columns).where('id', '=', id).executeTakeFirstOrThrow();
    lines.push({ before, after, entry: { ...entry, kind: 'expired', facts: { replacedBy: request.id } } });
  }
  await trx.insertInto('reset_requests').values(createResetRequestRow(request)).execute();
  await appendAuditRecords(trx, author, [...lines, { before: undefined, after: request, entry }]);
  return 'added';
}

async function findOpenProposals(trx: Transaction<Schema>, request: ResetRequest): Promise<readonly ResetRequest[]> {
  const rows = await trx
    .selectFrom('reset_requests')
    .selectAll()
    .where('state', '=', 'proposed')
    .where('confirmed_at', 'is', null)
    .where('technician_id', '=', request.technician.objectId)
    .where('technician_tenant_id', '=', request.technician.tenantId)
    .where('customer_id', '=', request.target.customer.id)
    .where('user_id', '=', request.target.user.id)
    .orderBy('proposed_at')
    .execute();
  return rows.map(readResetRequest);
}

function expire(proposal: ResetRequest, at: number): ResetRequest {
  return {
    ...proposal,
    version: proposal.version + 1,
    state: 'expired',
    endedAt: at,
    cardIsOwed: true,
    putOff: 0,
    lease: undefined,
    dueAt: at,
  };
}

/** Swaps a request and writes its entry, within a transaction. The step has to be a possible one. */
export async function swapRequest(
  trx: Transaction<Schema>,
  author: AuditWriter,
  before: ResetRequest,
  { after, entry, within = [] }: Step,
): Promise<Awaited<ReturnType<ResetStore['swap']>>> {
  if (!(await isStillAt(trx, before))) return { kind: 'stale' };
  if (await isUserBusy(trx, before, after)) return { kind: 'user-busy' };
  const freeze = await findFreezeAgainst(trx, before, after);
  if (freeze !== undefined) return { kind: 'frozen', freeze };
  const reached = await findReachedLimit(trx, after, within);
  if (reached !== undefined) return { kind: 'over-limit', ...reached };
  const { id, ...columns } = createResetRequestRow(after);
  const { numUpdatedRows } = await trx
    .updateTable('reset_requests')
    .set(columns)
    .where('id', '=', id)
    .where('version', '=', before.version)
    .where('state', '=', before.state)
    .executeTakeFirstOrThrow();
  // The row was there a statement ago, in the same transaction that holds the lock.
  if (numUpdatedRows !== 1n) throw new StoreError('unexpected');
  await appendAuditRecords(trx, author, [{ entry, before, after }]);
  return { kind: 'swapped', request: after };
}

/** Checked first, so that a late step is `stale` and not `user-busy` because of the request that overtook it. */
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
  const [from, to] = [states[before.state].phase, states[after.state].phase];
  if (from === 'under-way' || to !== 'under-way') return false;
  const other = await trx
    .selectFrom('reset_requests')
    .select('id')
    .where('customer_id', '=', after.target.customer.id)
    .where('user_id', '=', after.target.user.id)
    .where(
      'state',
      'in',
      stateLiterals(({ phase }) => phase === 'under-way'),
    )
    .executeTakeFirst();
  return other !== undefined;
}

/**
 * The limit that keeps this confirmation out for the longest time, or undefined where there is room. It has to be asked
 * in the transaction that confirms, so that no instance confirms another request in between.
 */
async function findReachedLimit(
  trx: Transaction<Schema>,
  request: ResetRequest,
  limits: readonly Limit[],
): Promise<ReachedLimit | undefined> {
  let longest: ReachedLimit | undefined;
  for (const limit of limits) {
    const leaves = await findEndOfLimit(trx, request, limit);
    if (leaves !== undefined && leaves > (longest?.againAt ?? 0)) longest = { limit, againAt: leaves };
  }
  return longest;
}

/** There is room again when the last but `most - 1` of the confirmations in the window has left it. */
async function findEndOfLimit(
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

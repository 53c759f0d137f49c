import type { Kysely, Transaction } from 'kysely';
import { storeTunables } from '../../base/index.ts';
import { type Limit, type ReachedLimit, type ResetRequest, states, type Step } from '../../reset/index.ts';
import type { OpenTrail } from '../audit-trail/append-records.ts';
import type { RememberedConfirmation } from '../audit-trail/remembered-requests.ts';
import type { Schema } from '../database/database.ts';
import type { StatementBatch } from '../database/statement-batch.ts';
import { StoreError } from '../database/store-error.ts';
import { nameRow, readRowMark } from '../rows/row-authentication.ts';
import type { RowGuard } from '../rows/row-guard.ts';
import { selectRequests, stateLiterals } from './request-row.ts';

/** A transaction that decides about a request, with its trail. */
type Deciding = { readonly trx: Transaction<Schema>; readonly trail: OpenTrail; readonly rows: RowGuard };

/** The first of these changes that begins work on a user, and the statement that finds who is at work on them already. */
export function selectBusy(first: StatementBatch, db: Kysely<Schema>, changes: readonly BusyChange[]) {
  const begins = changes.find(
    ({ before, after }) => states[before.state].phase !== 'under-way' && states[after.state].phase === 'under-way',
  );
  if (begins === undefined) return undefined;
  const { customer, user } = begins.after.target;
  const others = first.add(
    db
      .selectFrom('reset_requests')
      .select('id')
      .where('customer_id', '=', customer.id)
      .where('user_id', '=', user.id)
      .where(
        'state',
        'in',
        stateLiterals(({ phase }) => phase === 'under-way'),
      )
      .limit(storeTunables.maxRowsHeldAgainstTrail),
  );
  return { begins, others };
}

type BusyChange = Pick<Step, 'after' | 'entry'> & { readonly before: ResetRequest };

/**
 * Whether another request for the same user is under way, by the rows or by what this process has verified of the trail. The rows
 * are found by columns that somebody may have changed; where the two differ, the row is reported, and the user counts as busy.
 */
export async function isUserBusy(
  { trx, trail, rows }: Deciding,
  before: ResetRequest,
  busy: ReturnType<typeof selectBusy>,
): Promise<boolean> {
  if (busy === undefined) return false;
  const { after, entry } = busy.begins;
  const { customer, user } = after.target;
  const others = busy.others().rows;
  const remembered = trail.requests
    .underWay({ customer: customer.id, user: user.id }, entry.at - storeTunables.rememberedUnderWayMilliseconds)
    .filter((id) => id !== before.id);
  const ids = new Set([...others.map(({ id }) => id), ...remembered]);
  await reportAltered({ trx, rows }, [...ids]);
  return ids.size > 0;
}

/**
 * The limit that keeps this confirmation out for the longest time, or undefined where there is room at `at`. What follows a
 * confirmed request is held against the limits in the same way, and then that request counts too. It has to be asked
 * in the transaction that confirms, so that no instance confirms another request in between. Confirmations are counted in the rows and in what this
 * process has verified of the trail, and the greater number counts: a row that was changed or removed makes no room.
 */
export async function findReachedLimit(
  { trx, trail, rows }: Deciding,
  request: ResetRequest,
  limits: ReturnType<typeof selectLimits>,
): Promise<ReachedLimit | undefined> {
  let longest: ReachedLimit | undefined;
  for (const { limit, last } of limits) {
    const leaves = await findEndOfLimit({ trx, trail, rows }, request, limit, last().rows[0]?.confirmed_at);
    if (leaves !== undefined && leaves > (longest?.againAt ?? 0)) longest = { limit, againAt: leaves };
  }
  return longest;
}

/** There is room again when the last but `most - 1` of the confirmations in the window has left it. */
async function findEndOfLimit(
  { trx, trail, rows }: Deciding,
  request: ResetRequest,
  limit: Limit,
  last: number | null | undefined,
): Promise<number | undefined> {
  const { id, confirmedAt, technician, target } = request;
  const { kind, most, windowMilliseconds } = limit;
  if (confirmedAt === undefined) throw new StoreError('unexpected');
  const since = confirmedAt - windowMilliseconds;
  const counts = {
    overall: () => true,
    customer: ({ customer }) => customer === target.customer.id,
    user: ({ customer, user }) => customer === target.customer.id && user === target.user.id,
    technician: (one) => one.technician === technician.objectId && one.tenant === technician.tenantId,
  } satisfies Record<Limit['kind'], (one: RememberedConfirmation) => boolean>;
  const remembered = trail.requests.confirmedAfter(since).filter((one) => one.request !== id && counts[kind](one));
  const ends = [last ?? undefined, remembered[most - 1]?.at].flatMap((at) => at ?? []);
  if (ends.length === 0) return undefined;
  const counted = await selectConfirmed(trx, request, limit, confirmedAt)
    .limit(storeTunables.maxRowsHeldAgainstTrail)
    .execute();
  const ids = [...counted.map((row) => row.id), ...remembered.map(({ request }) => request)];
  await reportAltered({ trx, rows }, [...new Set(ids)].slice(0, 2 * storeTunables.maxRowsHeldAgainstTrail));
  return Math.max(...ends) + windowMilliseconds;
}

/** Adds, for each limit, the statement that finds the confirmation which has to leave its window before there is room. */
export function selectLimits(
  first: StatementBatch,
  db: Kysely<Schema>,
  request: ResetRequest,
  limits: readonly Limit[],
) {
  return limits.map((limit) => {
    if (request.confirmedAt === undefined) throw new StoreError('unexpected');
    const last = selectConfirmed(db, request, limit, request.confirmedAt)
      .limit(1)
      .offset(limit.most - 1);
    return { limit, last: first.add(last) };
  });
}

/** The confirmations that a limit counts, the latest first. */
function selectConfirmed(
  db: Kysely<Schema>,
  { technician, target }: Pick<ResetRequest, 'technician' | 'target'>,
  { kind, windowMilliseconds }: Pick<Limit, 'kind' | 'windowMilliseconds'>,
  confirmedAt: number,
) {
  const all = db
    .selectFrom('reset_requests')
    .select(['id', 'confirmed_at'])
    .where('confirmed_at', '>', confirmedAt - windowMilliseconds)
    .orderBy('confirmed_at', 'desc');
  return {
    overall: () => all,
    customer: () => all.where('customer_id', '=', target.customer.id),
    user: () => all.where('customer_id', '=', target.customer.id).where('user_id', '=', target.user.id),
    technician: () =>
      all.where('technician_id', '=', technician.objectId).where('technician_tenant_id', '=', technician.tenantId),
  }[kind]();
}

/** Reports those of these requests whose rows are not as Locksmith wrote them last, or are gone though the trail has them. */
async function reportAltered({ trx, rows }: Pick<Deciding, 'trx' | 'rows'>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const stored = await selectRequests(trx).where('id', 'in', ids).execute();
  for (const row of stored) rows.accepts('reset_requests', row);
  const there = new Set(stored.map(({ id }) => id));
  for (const id of ids.filter((one) => !there.has(one))) {
    const key = nameRow('reset_requests', { id });
    if (readRowMark(rows.remembered(key) ?? null)?.mac !== undefined) rows.noteRemoved('reset_requests', key);
  }
}

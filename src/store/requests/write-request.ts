import type { Kysely, Transaction } from 'kysely';
import {
  type AuditEntry,
  type FindOwedNote,
  recordsOf,
  requireAllowedStep,
  type ResetRequest,
  type ResetStore,
  type Step,
} from '../../reset/index.ts';
import type { AuditChange, OpenTrail } from '../audit-trail/append-records.ts';
import type { ResetRequestRow, Schema } from '../database/database.ts';
import { findFreeReference } from '../database/references-migration.ts';
import { createBatch, requireAffected, type StatementBatch } from '../database/statement-batch.ts';
import { findFreezeAgainst, selectFreezesAgainst } from '../freeze-rows.ts';
import { addOwedNote } from '../note-store.ts';
import { nameRow } from '../rows/row-authentication.ts';
import type { RowGuard, StoredRow } from '../rows/row-guard.ts';
import { findReachedLimit, isUserBusy, selectBusy, selectLimits } from './limits-and-busy-users.ts';
import { createResetRequestRow, readAuthenticRequest, selectRequests } from './request-row.ts';

/** A transaction in which requests are written, with its trail. */
export type Writing = {
  readonly trx: Transaction<Schema>;
  readonly trail: OpenTrail;
  readonly rows: RowGuard;
  /** Finds the note that a step owes. Without it no step owes one. */
  readonly findOwedNote?: FindOwedNote | undefined;
};

/** Replaces the row of a request by its next version, with that batch. Returns what the record of the step says of it. */
export function updateRequest(
  writes: StatementBatch,
  { trx, rows }: Pick<Writing, 'trx' | 'rows'>,
  before: Pick<ResetRequest, 'version' | 'state'>,
  after: ResetRequest,
): NonNullable<AuditChange['row']> {
  const { row, mark } = rows.sign('reset_requests', createResetRequestRow(after));
  const { id, ...columns } = row;
  writes.add(
    trx
      .updateTable('reset_requests')
      .set(columns)
      .where('id', '=', id)
      .where('version', '=', before.version)
      .where('state', '=', before.state),
    // The row was there a statement ago, in the same transaction that holds the lock.
    requireAffected(1, 'unexpected'),
  );
  return mark;
}

/** Adds what `addRequest` has to read to the statements that begin its transaction. */
export function selectForAdd(first: StatementBatch, db: Kysely<Schema>, request: ResetRequest) {
  const asked = db
    .selectFrom('reset_requests')
    .select('id')
    .where('asked_in', '=', request.askedIn.id)
    .where('asked_by', '=', request.askedBy);
  return { asked: first.add(asked), proposals: first.add(selectOpenProposals(db, request)) };
}

/**
 * Adds a request at its first version and expires what the same person has proposed for the same user, within a transaction that
 * has read what `selectForAdd` selects.
 */
export async function addRequest(
  { trx, trail, rows }: Writing,
  request: ResetRequest,
  entry: AuditEntry,
  reads: ReturnType<typeof selectForAdd>,
): Promise<'added' | 'already-there'> {
  if (reads.asked().rows.length > 0) return 'already-there';

  const lines: AuditChange[] = [];
  const writes = createBatch();
  for (const row of reads.proposals().rows) {
    const before = readAuthenticRequest(rows, row);
    const after = expire(before, entry.at);
    requireAllowedStep(before, after);
    const mark = updateRequest(writes, { trx, rows }, before, after);
    lines.push({ before, after, entry: { ...entry, kind: 'expired', facts: { replacedBy: request.id } }, row: mark });
  }
  const { row, mark } = rows.sign('reset_requests', createResetRequestRow(request));
  const reference = await findFreeReference(trx, request.id);
  writes.add(trx.insertInto('reset_requests').values({ ...row, reference }));
  await trail.appendAndCommit([...lines, { before: undefined, after: request, entry, row: mark }], writes);
  return 'added';
}

function selectOpenProposals(db: Kysely<Schema>, request: ResetRequest) {
  return selectRequests(db)
    .where('state', '=', 'proposed')
    .where('confirmed_at', 'is', null)
    .where('technician_id', '=', request.technician.objectId)
    .where('technician_tenant_id', '=', request.technician.tenantId)
    .where('customer_id', '=', request.target.customer.id)
    .where('user_id', '=', request.target.user.id)
    .orderBy('proposed_at');
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

/** What `swapRequest` reads, as far as that is known before the transaction begins. */
export type SwapReads = ReturnType<typeof selectForSwap>;

/** Adds what `swapRequest` has to read to the statements that begin its transaction. */
export function selectForSwap(first: StatementBatch, db: Kysely<Schema>, before: ResetRequest, step: Step) {
  const { within = [] } = step;
  const changes = recordsOf(step).map(({ after: next, entry }, index, versions) => {
    return { entry, before: versions[index - 1]?.after ?? before, after: next };
  });
  return {
    changes,
    row: first.add(db.selectFrom('reset_requests').selectAll().where('id', '=', before.id)),
    busy: selectBusy(first, db, changes),
    freezes: selectFreezesAgainst(first, db, changes),
    limits: selectLimits(first, db, countedAt(step), within),
  };
}

/**
 * Swaps a request and writes its entries, within a transaction that has read what `selectForSwap` selects. The step has to be a
 * possible one. The row is read anew and has to be as Locksmith wrote it last: `before` may have been read a while ago.
 */
export async function swapRequest(
  { trx, trail, rows, findOwedNote }: Writing,
  before: ResetRequest,
  step: Pick<Step, 'after' | 'entry'>,
  reads: SwapReads,
): Promise<Awaited<ReturnType<ResetStore['swap']>>> {
  const { after } = step;
  const row = await withNewest(trx, rows, reads.row().rows[0]);
  if (row === undefined) {
    rows.requireNeverThere('reset_requests', nameRow('reset_requests', before));
    return { kind: 'stale' };
  }
  rows.require('reset_requests', row);
  // Checked first, so that a late step is `stale` and not `user-busy` because of the request that overtook it.
  if (row.version !== before.version || row.state !== before.state) return { kind: 'stale' };
  if (await isUserBusy({ trx, trail, rows }, before, reads.busy)) return { kind: 'user-busy' };
  const freeze = findFreezeAgainst({ trail, rows }, reads.freezes);
  if (freeze !== undefined) return { kind: 'frozen', freeze };
  const reached = await findReachedLimit({ trx, trail, rows }, countedAt(step), reads.limits);
  if (reached !== undefined) return { kind: 'over-limit', ...reached };
  const writes = createBatch();
  const mark = updateRequest(writes, { trx, rows }, before, after);
  const lines: AuditChange[] = reads.changes.map(({ entry, before: from, after: to }) => {
    return { entry, before: from, after: to, row: to === after ? mark : markOf(rows, to) };
  });
  for (const { before: from, after: to } of reads.changes) {
    lines.push(...(await addOwedNote({ trx, rows }, findOwedNote?.(from, to), after)));
  }
  await trail.appendAndCommit(lines, writes);
  return { kind: 'swapped', request: after };
}

/** A step is held against the limits at its own instant: what follows a reset may come a while after its confirmation. */
function countedAt({ after, entry }: Pick<Step, 'after' | 'entry'>): ResetRequest {
  return { ...after, confirmedAt: after.confirmedAt === undefined ? undefined : entry.at };
}

/** What the record of a version says of the row that was never written, because the next version came with it. */
function markOf(rows: RowGuard, passed: ResetRequest): NonNullable<AuditChange['row']> {
  return rows.sign('reset_requests', createResetRequestRow(passed)).mark;
}

/** The row with what the trail says of it. The process remembers that of most rows, which spares a look-up in the index. */
async function withNewest(
  trx: Transaction<Schema>,
  rows: RowGuard,
  row: Schema['reset_requests'] | undefined,
): Promise<StoredRow<ResetRequestRow> | undefined> {
  if (row === undefined) return undefined;
  const newest = rows.remembered(nameRow('reset_requests', row));
  return newest === undefined ? selectRequests(trx).where('id', '=', row.id).executeTakeFirst() : { ...row, newest };
}

import { type Kysely, sql } from 'kysely';
import {
  asId,
  type CustomerId,
  type Log,
  type ObjectId,
  type ResetRequestId,
  type TenantId,
  type UserId,
  storeTunables,
} from '../../base/index.ts';
import {
  type AuditEntry,
  type HistoryOf,
  requireAllowedStep,
  type ResetRequest,
  type ResetStore,
  statesWhere,
  type Step,
} from '../../reset/index.ts';
import { appendAuditRecords, type AuditWriter } from '../audit-trail/append-records.ts';
import {
  type Database,
  inTransaction,
  type ResetRequestRow,
  type Schema,
  withStoreErrors,
} from '../database/database.ts';
import { StoreError } from '../database/store-error.ts';
import { readCorrelationId, readResetRequest, stateLiterals } from './request-row.ts';
import { addRequest, swapRequest } from './write-request.ts';

/**
 * Requests and their trail in a database. Writes stand in line, over all instances: each begins by taking the head of the
 * trail. `author` writes it.
 */
export function createResetStore(database: Database, author: AuditWriter, log?: Log): ResetStore {
  const { db } = database;
  return {
    async add(request: ResetRequest, entry: AuditEntry) {
      if (request.version !== 1) throw new Error('a request begins at version 1');
      return inTransaction(database, (trx) => addRequest(trx, author, request, entry));
    },

    find: (id: ResetRequestId) => withStoreErrors(() => findRequest(db, id)),

    async swap(before: ResetRequest, step: Step) {
      requireAllowedStep(before, step.after);
      const outcome = await inTransaction(database, (trx) => swapRequest(trx, author, before, step));
      if (before.sealedPassword !== undefined && step.after.sealedPassword === undefined) {
        await database.afterErasing();
      }
      return outcome;
    },

    due: (now: number, atMost: number) =>
      withStoreErrors(async () => {
        await database.tidy();
        const instant = database.present(now);
        const rows = await db
          .selectFrom('reset_requests')
          .selectAll()
          .where('due_at', '<=', instant)
          .where((where) => where.or([where('lease_until', 'is', null), where('lease_until', '<=', instant)]))
          .orderBy('due_at')
          .orderBy('id')
          .limit(atMost + storeTunables.maxUnreadableRows)
          .execute();
        return rows.flatMap((row) => readOrReport(row, log)).slice(0, atMost);
      }),

    underWay: (customer: CustomerId, user: UserId) =>
      withStoreErrors(async () => {
        const row = await db
          .selectFrom('reset_requests')
          .selectAll()
          .where('customer_id', '=', customer)
          .where('user_id', '=', user)
          .where(
            'state',
            'in',
            stateLiterals(({ phase }) => phase === 'under-way'),
          )
          .executeTakeFirst();
        return row === undefined ? undefined : readResetRequest(row);
      }),

    unfinished: (technician: ObjectId, tenant: TenantId) =>
      withStoreErrors(async () => {
        const rows = await db
          .selectFrom('reset_requests')
          .selectAll()
          .where('technician_id', '=', technician)
          .where('technician_tenant_id', '=', tenant)
          .where(
            'state',
            'not in',
            stateLiterals(({ phase }) => phase === 'over'),
          )
          .orderBy('proposed_at', 'desc')
          .orderBy('id')
          .limit(storeTunables.maxUnfinishedRequests)
          .execute();
        return rows.flatMap((row) => readOrReport(row, log));
      }),

    undelivered: (technician: ObjectId, tenant: TenantId) =>
      withStoreErrors(async () => {
        const rows = await db
          .selectFrom('reset_requests')
          .selectAll()
          // Written out, not bound: only then does SQLite see that the index of these rows alone will do.
          .where('state', '=', sql.lit('delivering'))
          .where('technician_id', '=', technician)
          .where('technician_tenant_id', '=', tenant)
          .orderBy('proposed_at')
          .orderBy('id')
          .execute();
        return rows.flatMap((row) => readOrReport(row, log));
      }),

    waiting: () =>
      withStoreErrors(async () => {
        const rows = await db
          .selectFrom('reset_requests')
          .selectAll()
          .where(
            'state',
            'in',
            stateLiterals(({ typedCancel }) => typedCancel === 'put-to-rest'),
          )
          .orderBy('proposed_at')
          .orderBy('id')
          .execute();
        return rows.flatMap((row) => readOrReport(row, log));
      }),

    lastCustomer: (technician: ObjectId, tenant: TenantId, conversation: string, since: number) =>
      withStoreErrors(async () => {
        const row = await db
          .selectFrom('reset_requests')
          .select('customer_id')
          .where('technician_id', '=', technician)
          .where('technician_tenant_id', '=', tenant)
          .where('asked_in', '=', conversation)
          .where('confirmed_at', '>=', since)
          .where(
            'state',
            'not in',
            statesWhere(({ phase, password }) => phase === 'proposed' || password === 'unchanged'),
          )
          .orderBy('confirmed_at', 'desc')
          .orderBy('id')
          .executeTakeFirst();
        return row === undefined ? undefined : asId<CustomerId>(row.customer_id);
      }),

    lastReset: (customer: CustomerId, user: UserId, since: number) =>
      withStoreErrors(() => findLastReset(db, customer, user, since)),

    history: (whose: HistoryOf, atMost: number) =>
      withStoreErrors(async () => {
        const rows = await findHistory(db, whose, atMost);
        return rows.flatMap((row) => readOrReport(row, log));
      }),

    removeEnded: (before: number, atMost: number, entry: AuditEntry) =>
      inTransaction(database, async (trx) => {
        const rows = await trx
          .selectFrom('reset_requests')
          .selectAll()
          .where(
            'state',
            'in',
            stateLiterals(({ phase }) => phase === 'over'),
          )
          .where('due_at', 'is', null)
          .where('proposed_at', '<', before)
          .orderBy('proposed_at')
          .limit(atMost)
          .execute();
        const ended = rows
          .flatMap((row) => readOrReport(row, log))
          .filter(({ hiddenAt, endedAt, proposedAt }) => (hiddenAt ?? endedAt ?? proposedAt) < before);
        if (ended.length === 0) return 0;
        await trx
          .deleteFrom('reset_requests')
          .where(
            'id',
            'in',
            ended.map(({ id }) => id),
          )
          .execute();
        await appendAuditRecords(
          trx,
          author,
          ended.map((request) => ({ entry, before: request, after: request })),
        );
        return ended.length;
      }),

    record: (entry: AuditEntry, about: ResetRequestId | undefined) =>
      inTransaction(database, async (trx) => {
        const request = about === undefined ? undefined : await findRequest(trx, about);
        await appendAuditRecords(trx, author, [{ entry, before: request, after: request }]);
      }),
  };
}

/** One row that cannot be read must not keep the others from being worked on. */
function readOrReport(row: ResetRequestRow, log: Log | undefined): readonly ResetRequest[] {
  try {
    return [readResetRequest(row)];
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    log?.({ level: 'error', event: 'request-unreadable', request: row.id, correlationId: readCorrelationId(row) });
    return [];
  }
}

/** The request of this id, or undefined. */
async function findRequest(db: Kysely<Schema>, id: ResetRequestId): Promise<ResetRequest | undefined> {
  const row = await db.selectFrom('reset_requests').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : readResetRequest(row);
}

/** The latest rows, of one person or of everybody, the latest first. */
async function findHistory(db: Kysely<Schema>, whose: HistoryOf, atMost: number): Promise<readonly ResetRequestRow[]> {
  const latest = db.selectFrom('reset_requests').selectAll().orderBy('proposed_at', 'desc').orderBy('id').limit(atMost);
  if (whose === 'everybody') return latest.execute();
  return latest
    .where('technician_id', '=', whose.technician)
    .where('technician_tenant_id', '=', whose.tenant)
    .execute();
}

/** The latest request for this user, confirmed at `since` or later, that set a password or may have. */
async function findLastReset(
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
    .limit(storeTunables.maxSearchedResets)
    .execute();
  return rows.map(readResetRequest).find(({ resetAt, attention }) => resetAt !== undefined || attention !== undefined);
}

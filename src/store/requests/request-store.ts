import { type Kysely, sql } from 'kysely';
import {
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
  type FindOwedNote,
  type HistoryOf,
  isReferenceOf,
  makeReference,
  recordsOf,
  requireAllowedSteps,
  type ResetRequest,
  type ResetStore,
  statesWhere,
  type Step,
} from '../../reset/index.ts';
import { inTrail } from '../audit-trail/append-records.ts';
import type { AuditWriter } from '../audit-trail/audit-writer.ts';
import { type Database, type ResetRequestRow, type Schema, withStoreErrors } from '../database/database.ts';
import { findRemovable } from '../find-removable.ts';
import { createFollowedRead } from '../read-followed.ts';
import { prepareQuery } from '../database/prepared-query.ts';
import { createBatch } from '../database/statement-batch.ts';
import { nameRow } from '../row-authentication.ts';
import type { RowGuard, StoredRow } from '../row-guard.ts';
import {
  readAuthenticRequest,
  readRequestOrReport,
  readResetRequest,
  selectRequests,
  stateLiterals,
} from './request-row.ts';
import { addRequest, selectForAdd, selectForSwap, swapRequest } from './write-request.ts';

/**
 * Requests and their trail in a database. Writes stand in line, over all instances: each begins by taking the head of the
 * trail. `author` writes it.
 */
export function createResetStore(
  database: Database,
  author: AuditWriter,
  log?: Log,
  findOwedNote?: FindOwedNote,
): ResetStore {
  const read = createFollowedRead(database, author);
  // Every message asks it.
  const selectUndelivered = prepareQuery<WhoseRequests, StoredRow<ResetRequestRow>>((value) =>
    selectRequests(database.db)
      // Written out, not bound: only then does SQLite see that the index of these rows alone will do.
      .where('state', '=', sql.lit('delivering'))
      .where('technician_id', '=', value('technician'))
      .where('technician_tenant_id', '=', value('tenant'))
      .orderBy('proposed_at')
      .orderBy('id'),
  );
  return {
    async add(request: ResetRequest, entry: AuditEntry) {
      if (request.version !== 1) throw new Error('a request begins at version 1');
      const first = createBatch();
      const reads = selectForAdd(first, database.db, request);
      return inTrail(
        database,
        author,
        (trx, trail) => addRequest({ trx, trail, rows: author.rows }, request, entry, reads),
        first,
      );
    },

    find: (id: ResetRequestId) => read((db, guard) => findRequest(db, guard, id)),

    async swap(before: ResetRequest, step: Step) {
      requireAllowedSteps(before, step);
      if (recordsOf(step).some(({ entry }) => decidesByTime.has(entry.kind))) author.clocks.require();
      const first = createBatch();
      const reads = selectForSwap(first, database.db, before, step);
      const outcome = await inTrail(
        database,
        author,
        (trx, trail) => swapRequest({ trx, trail, rows: author.rows, findOwedNote }, before, step, reads),
        first,
      );
      if (before.sealedPassword !== undefined && step.after.sealedPassword === undefined) {
        await database.afterErasing();
      }
      return outcome;
    },

    async due(now: number, atMost: number) {
      await withStoreErrors(() => database.tidy());
      return read(async (db, guard) => {
        const instant = database.present(now);
        const rows = await selectRequests(db)
          .where('due_at', '<=', instant)
          .where((where) => where.or([where('lease_until', 'is', null), where('lease_until', '<=', instant)]))
          .orderBy('due_at')
          .orderBy('id')
          .limit(atMost + storeTunables.maxUnreadableRows)
          .execute();
        return rows.flatMap((row) => readRequestOrReport(guard, row, log)).slice(0, atMost);
      });
    },

    underWay: (customer: CustomerId, user: UserId) =>
      read(async (db, guard) => {
        const row = await selectRequests(db)
          .where('customer_id', '=', customer)
          .where('user_id', '=', user)
          .where(
            'state',
            'in',
            stateLiterals(({ phase }) => phase === 'under-way'),
          )
          .executeTakeFirst();
        return row && readRequestOrReport(guard, row, log)[0];
      }),

    shown: (customer: CustomerId, user: UserId) =>
      read(async (db, guard) => {
        const rows = await selectRequests(db)
          .where('customer_id', '=', customer)
          .where('user_id', '=', user)
          .where('state', '=', sql.lit('delivered'))
          .orderBy('confirmed_at', 'desc')
          .orderBy('id')
          .execute();
        return rows.flatMap((row) => readRequestOrReport(guard, row, log));
      }),

    unfinished: (technician: ObjectId, tenant: TenantId) =>
      read(async (db, guard) => {
        const rows = await selectRequests(db)
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
        return rows.flatMap((row) => readRequestOrReport(guard, row, log));
      }),

    undelivered: (technician: ObjectId, tenant: TenantId) =>
      read(async (db, guard) => {
        const rows = await selectUndelivered(db, { technician, tenant });
        return rows.flatMap((row) => readRequestOrReport(guard, row, log));
      }),

    waiting: () =>
      read(async (db, guard) => {
        const rows = await selectRequests(db)
          .where(
            'state',
            'in',
            stateLiterals(({ typedCancel }) => typedCancel === 'put-to-rest'),
          )
          .orderBy('proposed_at')
          .orderBy('id')
          .execute();
        return rows.flatMap((row) => readRequestOrReport(guard, row, log));
      }),

    lastCustomer: (technician: ObjectId, tenant: TenantId, conversation: string, since: number) =>
      read(async (db, guard) => {
        const row = await selectRequests(db)
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
        return row && readAuthenticRequest(guard, row).target.customer.id;
      }),

    lastReset: (customer: CustomerId, user: UserId, since: number) =>
      read((db, guard) => findLastReset(db, guard, customer, user, since)),

    history: (whose: HistoryOf, atMost: number) =>
      read(async (db, guard) => {
        const rows = await findHistory(db, whose, atMost);
        return rows.flatMap((row) => readRequestOrReport(guard, row, log));
      }),

    removeEnded: async (before: number, atMost: number, entry: AuditEntry) => {
      if (!author.clocks.holds()) return 0;
      return inTrail(database, author, async (trx, trail) => {
        // One that was altered stays, and `audit -- verify` names it.
        const rows = await findRemovable(
          (after: StoredRow<ResetRequestRow> | undefined, some) => findOver(trx, before, some, after),
          (row) =>
            readRequestOrReport(author.rows, row, log).some(
              ({ hiddenAt, endedAt, proposedAt }) => (hiddenAt ?? endedAt ?? proposedAt) < before,
            ),
          atMost,
        );
        const ended = rows.map(readResetRequest);
        if (ended.length === 0) return 0;
        const ids = ended.map(({ id }) => id);
        await trx.deleteFrom('reset_requests').where('id', 'in', ids).execute();
        await trail.append(
          ended.map((request) => ({
            entry,
            before: request,
            after: request,
            row: { key: nameRow('reset_requests', request) },
          })),
        );
        return ended.length;
      });
    },

    references: (requests: readonly ResetRequestId[]) =>
      withStoreErrors(async () => {
        const rows =
          requests.length === 0
            ? []
            : await database.db
                .selectFrom('reset_requests')
                .select(['id', 'reference'])
                .where('id', 'in', requests)
                .execute();
        const stored = new Map(rows.map(({ id, reference }) => [id, reference]));
        return new Map(requests.map((id) => [id, believeReference(id, stored.get(id))]));
      }),

    record: (entry: AuditEntry, about: ResetRequestId | undefined) =>
      inTrail(database, author, async (trx, trail) => {
        const request = about === undefined ? undefined : await findRequest(trx, author.rows, about);
        await trail.append([{ entry, before: request, after: request }]);
      }),
  };
}

/** What limits in time stand before. */
const decidesByTime: ReadonlySet<AuditEntry['kind']> = new Set(['confirmed', 'approved']);

/** The oldest requests that are over and owe nobody anything, proposed before that, behind that row. */
function findOver(
  db: Kysely<Schema>,
  before: number,
  atMost: number,
  after: ResetRequestRow | undefined,
): Promise<readonly StoredRow<ResetRequestRow>[]> {
  const over = selectRequests(db)
    .where(
      'state',
      'in',
      stateLiterals(({ phase }) => phase === 'over'),
    )
    .where('due_at', 'is', null)
    .where('proposed_at', '<', before);
  const behind =
    after === undefined
      ? over
      : over.where((where) =>
          where.or([
            where('proposed_at', '>', after.proposed_at),
            where.and([where('proposed_at', '=', after.proposed_at), where('id', '>', after.id)]),
          ]),
        );
  return behind.orderBy('proposed_at').orderBy('id').limit(atMost).execute();
}

/** One that does not follow from the id was not written by Locksmith. */
function believeReference(id: ResetRequestId, stored: string | null | undefined): string {
  return typeof stored === 'string' && isReferenceOf(stored, id) ? stored : makeReference(id);
}

type WhoseRequests = { readonly technician: ObjectId; readonly tenant: TenantId };

/** The request of this id, or undefined. */
async function findRequest(db: Kysely<Schema>, guard: RowGuard, id: ResetRequestId): Promise<ResetRequest | undefined> {
  const row = await selectRequests(db).where('id', '=', id).executeTakeFirst();
  return row && readAuthenticRequest(guard, row);
}

/** The latest rows, of one person or of everybody, the latest first. */
async function findHistory(
  db: Kysely<Schema>,
  whose: HistoryOf,
  atMost: number,
): Promise<readonly StoredRow<ResetRequestRow>[]> {
  const latest = selectRequests(db).orderBy('proposed_at', 'desc').orderBy('id').limit(atMost);
  if (whose === 'everybody') return latest.execute();
  return latest
    .where('technician_id', '=', whose.technician)
    .where('technician_tenant_id', '=', whose.tenant)
    .execute();
}

/** The latest request for this user, confirmed at `since` or later, that set a password or may have. */
async function findLastReset(
  db: Kysely<Schema>,
  guard: RowGuard,
  customer: CustomerId,
  user: UserId,
  since: number,
): Promise<ResetRequest | undefined> {
  const rows = await selectRequests(db)
    .where('customer_id', '=', customer)
    .where('user_id', '=', user)
    .where('confirmed_at', '>=', since)
    .orderBy('confirmed_at', 'desc')
    .orderBy('id')
    .limit(storeTunables.maxSearchedResets)
    .execute();
  return rows
    .map((row) => readAuthenticRequest(guard, row))
    .find(({ resetAt, attention }) => resetAt !== undefined || attention !== undefined);
}

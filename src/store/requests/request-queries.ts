import { type Kysely, sql } from 'kysely';
import {
  type CustomerId,
  type Log,
  type ObjectId,
  type ResetRequestId,
  storeTunables,
  type TenantId,
  type UserId,
} from '../../base/index.ts';
import { type HistoryOf, type ResetRequest, type ResetStore, statesWhere } from '../../reset/index.ts';
import { type Database, type ResetRequestRow, type Schema, withStoreErrors } from '../database/database.ts';
import { type FollowedRead, prepareQuery } from '../rows/reading-rows.ts';
import type { RowGuard, StoredRow } from '../rows/row-guard.ts';
import { readAuthenticRequest, readRequestOrReport, selectRequests, stateLiterals } from './request-row.ts';

/** Where requests are read, beside all transactions. What cannot be read is reported, and left out of lists. */
export function createRequestQueries(database: Database, read: FollowedRead, log: Log | undefined): RequestQueries {
  const readAll = (
    select: (db: Kysely<Schema>) => Promise<readonly StoredRow<ResetRequestRow>[]>,
  ): Promise<readonly ResetRequest[]> =>
    read(async (db, guard) => (await select(db)).flatMap((row) => readRequestOrReport(guard, row, log)));
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
    find: (id: ResetRequestId) => read((db, guard) => findRequest(db, guard, id)),

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
      readAll((db) =>
        selectRequests(db)
          .where('customer_id', '=', customer)
          .where('user_id', '=', user)
          .where('state', '=', sql.lit('delivered'))
          .orderBy('confirmed_at', 'desc')
          .orderBy('id')
          .execute(),
      ),

    unfinished: (technician: ObjectId, tenant: TenantId) =>
      readAll((db) =>
        selectRequests(db)
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
          .execute(),
      ),

    undelivered: (technician: ObjectId, tenant: TenantId) =>
      readAll((db) => selectUndelivered(db, { technician, tenant })),

    waiting: () =>
      readAll((db) =>
        selectRequests(db)
          .where(
            'state',
            'in',
            stateLiterals(({ typedCancel }) => typedCancel === 'put-to-rest'),
          )
          .orderBy('proposed_at')
          .orderBy('id')
          .execute(),
      ),

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

    history: (whose: HistoryOf, atMost: number) => readAll((db) => findHistory(db, whose, atMost)),
  };
}

/** The reading half of `ResetStore`. */
type RequestQueries = Pick<
  ResetStore,
  | 'find'
  | 'due'
  | 'underWay'
  | 'shown'
  | 'unfinished'
  | 'undelivered'
  | 'waiting'
  | 'lastCustomer'
  | 'lastReset'
  | 'history'
>;

type WhoseRequests = { readonly technician: ObjectId; readonly tenant: TenantId };

/** The request of this id, or undefined. */
export async function findRequest(
  db: Kysely<Schema>,
  guard: RowGuard,
  id: ResetRequestId,
): Promise<ResetRequest | undefined> {
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

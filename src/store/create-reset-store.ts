import { sql } from 'kysely';
import { asId, type CustomerId, type ObjectId, type ResetRequestId, type TenantId, type UserId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { HistoryOf, ResetStore } from '../reset/ports/stores.ts';
import type { ResetRequest } from '../reset/request.ts';
import type { AuditEntry, Step } from '../reset/step.ts';
import { addRequest } from './add-request.ts';
import { appendAudit, type AuditAuthor } from './append-audit.ts';
import { correlationOfRow } from './correlation-of-row.ts';
import type { Database } from './database.ts';
import { findHistory } from './find-history.ts';
import { findLastReset } from './find-last-reset.ts';
import { findRequest } from './find-request.ts';
import { readResetRequest } from './read-reset-request.ts';
import { reportFailure } from './report-failure.ts';
import { requirePossibleStep } from './require-possible-step.ts';
import type { ResetRequestRow } from './schema.ts';
import { StoreError } from './store-error.ts';
import { swapRequest } from './swap-request.ts';
import { underWayStates } from './under-way-states.ts';
import { write } from './write.ts';

/** Rows that nobody can read and that must not keep the readable ones from being seen. */
const mostUnreadable = 1000;

/**
 * Requests and their trail in a database. Writes stand in line, over all instances: each begins by taking the head of the
 * trail. `author` writes it.
 */
export function createResetStore(database: Database, author: AuditAuthor, log?: Log): ResetStore {
  const { db } = database;
  return {
    async add(request: ResetRequest, entry: AuditEntry) {
      if (request.version !== 1) throw new Error('a request begins at version 1');
      return write(database, (trx) => addRequest(trx, author, request, entry));
    },

    find: (id: ResetRequestId) => reportFailure(() => findRequest(db, id)),

    async swap(before: ResetRequest, step: Step) {
      requirePossibleStep(before, step.after);
      const outcome = await write(database, (trx) => swapRequest(trx, author, before, step));
      if (before.sealedPassword !== undefined && step.after.sealedPassword === undefined) {
        await database.afterErasing();
      }
      return outcome;
    },

    due: (now: number, atMost: number) =>
      reportFailure(async () => {
        await database.tidy();
        const instant = database.present(now);
        const rows = await db
          .selectFrom('reset_requests')
          .selectAll()
          .where('due_at', '<=', instant)
          .where((where) => where.or([where('lease_until', 'is', null), where('lease_until', '<=', instant)]))
          .orderBy('due_at')
          .orderBy('id')
          .limit(atMost + mostUnreadable)
          .execute();
        return rows.flatMap((row) => readOrReport(row, log)).slice(0, atMost);
      }),

    underWay: (customer: CustomerId, user: UserId) =>
      reportFailure(async () => {
        const row = await db
          .selectFrom('reset_requests')
          .selectAll()
          .where('customer_id', '=', customer)
          .where('user_id', '=', user)
          .where('state', 'in', underWayStates)
          .executeTakeFirst();
        return row === undefined ? undefined : readResetRequest(row);
      }),

    unfinished: (technician: ObjectId, tenant: TenantId) =>
      reportFailure(async () => {
        const rows = await db
          .selectFrom('reset_requests')
          .selectAll()
          .where('technician_id', '=', technician)
          .where('technician_tenant_id', '=', tenant)
          // Written out like the index, so that both databases see that it will do.
          .where(sql<boolean>`state not in ('hidden', 'cancelled', 'declined', 'expired', 'refused')`)
          .orderBy('proposed_at', 'desc')
          .orderBy('id')
          .limit(200)
          .execute();
        return rows.flatMap((row) => readOrReport(row, log));
      }),

    undelivered: (technician: ObjectId, tenant: TenantId) =>
      reportFailure(async () => {
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
      reportFailure(async () => {
        const rows = await db
          .selectFrom('reset_requests')
          .selectAll()
          // Written out like the index, so that both databases see that it will do.
          .where(sql<boolean>`state in ('delivering', 'needs-attention')`)
          .orderBy('proposed_at')
          .orderBy('id')
          .execute();
        return rows.flatMap((row) => readOrReport(row, log));
      }),

    lastCustomer: (technician: ObjectId, tenant: TenantId, conversation: string, since: number) =>
      reportFailure(async () => {
        const row = await db
          .selectFrom('reset_requests')
          .select('customer_id')
          .where('technician_id', '=', technician)
          .where('technician_tenant_id', '=', tenant)
          .where('asked_in', '=', conversation)
          .where('confirmed_at', '>=', since)
          .where('state', 'not in', ['proposed', 'refused', 'cancelled', 'declined', 'expired'])
          .orderBy('confirmed_at', 'desc')
          .orderBy('id')
          .executeTakeFirst();
        return row === undefined ? undefined : asId<CustomerId>(row.customer_id);
      }),

    lastReset: (customer: CustomerId, user: UserId, since: number) =>
      reportFailure(() => findLastReset(db, customer, user, since)),

    history: (whose: HistoryOf, atMost: number) =>
      reportFailure(async () => {
        const rows = await findHistory(db, whose, atMost);
        return rows.flatMap((row) => readOrReport(row, log));
      }),

    record: (entry: AuditEntry, about: ResetRequestId | undefined) =>
      write(database, async (trx) => {
        const request = about === undefined ? undefined : await findRequest(trx, about);
        await appendAudit(trx, author, [{ entry, before: request, after: request }]);
      }),
  };
}

/** One row that cannot be read must not keep the others from being worked on. */
function readOrReport(row: ResetRequestRow, log: Log | undefined): readonly ResetRequest[] {
  try {
    return [readResetRequest(row)];
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    log?.({ level: 'error', event: 'request-unreadable', request: row.id, correlationId: correlationOfRow(row) });
    return [];
  }
}

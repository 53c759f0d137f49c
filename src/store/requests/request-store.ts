import type { Kysely } from 'kysely';
import type { Log, ResetRequestId } from '../../base/index.ts';
import {
  type AuditEntry,
  type FindOwedNote,
  isReferenceOf,
  makeReference,
  recordsOf,
  requireAllowedSteps,
  type ResetRequest,
  type ResetStore,
  type Step,
} from '../../reset/index.ts';
import { inTrail } from '../audit-trail/append-records.ts';
import type { AuditWriter } from '../audit-trail/audit-writer.ts';
import { type Database, type ResetRequestRow, type Schema, withStoreErrors } from '../database/database.ts';
import { createBatch } from '../database/statement-batch.ts';
import { createFollowedRead, findRemovable } from '../rows/reading-rows.ts';
import { nameRow } from '../rows/row-authentication.ts';
import type { StoredRow } from '../rows/row-guard.ts';
import { createRequestQueries, findRequest } from './request-queries.ts';
import { readRequestOrReport, readResetRequest, selectRequests, stateLiterals } from './request-row.ts';
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
  return {
    ...createRequestQueries(database, createFollowedRead(database, author), log),

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

    async swap(before: ResetRequest, step: Step) {
      requireAllowedSteps(before, step);
      if (decidesByTime(step)) author.clocks.require();
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

/** Whether limits in time stand before a step: those of the policy, or that of a decision. */
function decidesByTime(step: Step): boolean {
  return step.within !== undefined || recordsOf(step).some(({ entry }) => timedKinds.has(entry.kind));
}

const timedKinds: ReadonlySet<AuditEntry['kind']> = new Set(['confirmed', 'approved']);

/** The oldest requests that are over and owe no one anything, proposed before that, behind that row. */
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

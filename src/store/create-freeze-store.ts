import type { Transaction } from 'kysely';
import type { Log } from '../log.ts';
import type { Freeze, FreezeStore } from '../reset/ports/stores.ts';
import type { ResetRequest } from '../reset/request.ts';
import type { ResetState } from '../reset/states.ts';
import type { AuditEntry, Step } from '../reset/step.ts';
import { appendAudit, type AuditAuthor, type AuditLine } from './append-audit.ts';
import { correlationOfRow } from './correlation-of-row.ts';
import type { Database } from './database.ts';
import { freezeRow } from './freeze-row.ts';
import { makeResetRequestRow } from './make-reset-request-row.ts';
import { notSealedStates } from './not-sealed-states.ts';
import { readResetRequest } from './read-reset-request.ts';
import { reportFailure } from './report-failure.ts';
import { requirePossibleStep } from './require-possible-step.ts';
import type { Schema } from './schema.ts';
import { StoreError } from './store-error.ts';
import { write } from './write.ts';

/** Freezes, in the same database as requests and with entries in the same trail. */
export function createFreezeStore(database: Database, author: AuditAuthor, log?: Log): FreezeStore {
  return {
    add: (freeze, entry, end) =>
      write(database, async (trx) => {
        const row = freezeRow.make(freeze);
        const before = await trx.selectFrom('freezes').selectAll().where('scope', '=', row.scope).executeTakeFirst();
        const inForce = before === undefined ? freeze : freezeRow.read(before);
        if (before === undefined) await trx.insertInto('freezes').values(row).execute();
        const kind = before === undefined ? ('frozen' as const) : ('already' as const);
        const said: AuditEntry = { ...entry, facts: { ...entry.facts, already: kind === 'already' } };
        const lines = await endRequests(trx, inForce, end);
        await appendAudit(trx, author, [{ entry: said, before: undefined, after: undefined }, ...lines]);
        return {
          kind,
          inForce,
          ended: lines.flatMap(({ after }) => after ?? []),
          sealed: await findSealed(trx, inForce),
        };
      }),

    lift: (freeze: Freeze, entry: AuditEntry) =>
      write(database, async (trx) => {
        const { scope, frozen_at: at } = freezeRow.make(freeze);
        const { numDeletedRows } = await trx
          .deleteFrom('freezes')
          .where('scope', '=', scope)
          .where('frozen_at', '=', at)
          .executeTakeFirstOrThrow();
        if (numDeletedRows !== 1n) return false;
        await appendAudit(trx, author, [{ entry, before: undefined, after: undefined }]);
        return true;
      }),

    inForce: () =>
      reportFailure(async () => {
        const rows = await database.db
          .selectFrom('freezes')
          .selectAll()
          .orderBy('frozen_at')
          .orderBy('scope')
          .execute();
        return rows.map((row) => freezeRow.read(row));
      }),
  };

  async function endRequests(
    trx: Transaction<Schema>,
    inForce: Freeze,
    end: (request: ResetRequest, inForce: Freeze) => Step,
  ): Promise<readonly AuditLine[]> {
    const lines: AuditLine[] = [];
    for (const before of await findRequests(trx, inForce, notSealedStates)) {
      const { after, entry } = end(before, inForce);
      requirePossibleStep(before, after);
      const { id, ...columns } = makeResetRequestRow(after);
      await trx.updateTable('reset_requests').set(columns).where('id', '=', id).executeTakeFirstOrThrow();
      lines.push({ before, after, entry });
    }
    return lines;
  }

  function findSealed(trx: Transaction<Schema>, inForce: Freeze): Promise<readonly ResetRequest[]> {
    return findRequests(trx, inForce, ['sealed', 'resetting']);
  }

  /** One that cannot be read cannot be carried out either, and is left out. */
  async function findRequests(
    trx: Transaction<Schema>,
    { customer }: Freeze,
    states: readonly ResetState[],
  ): Promise<readonly ResetRequest[]> {
    const wanted = trx.selectFrom('reset_requests').selectAll().where('state', 'in', states);
    const rows = await (customer === undefined ? wanted : wanted.where('customer_id', '=', customer.id)).execute();
    return rows.flatMap((row) => {
      try {
        return [readResetRequest(row)];
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        log?.({ level: 'error', event: 'request-unreadable', request: row.id, correlationId: correlationOfRow(row) });
        return [];
      }
    });
  }
}

import type { Transaction } from 'kysely';
import { z } from 'zod';
import type { Log } from '../base/index.ts';
import {
  type AuditEntry,
  type Freeze,
  type FreezeStore,
  requireAllowedStep,
  type ResetRequest,
  states,
  type Step,
} from '../reset/index.ts';
import { appendAuditRecords, type AuditChange, type AuditWriter } from './audit-trail/append-records.ts';
import { type Database, type FreezeRow, inTransaction, type Schema, withStoreErrors } from './database/database.ts';
import { StoreError } from './database/store-error.ts';
import { createResetRequestRow, readCorrelationId, readResetRequest, stateLiterals } from './requests/request-row.ts';
import { formatJsonColumn, readJsonColumn, shapes } from './row-shapes.ts';

/** Freezes, in the same database as requests and with entries in the same trail. */
export function createFreezeStore(database: Database, author: AuditWriter, log?: Log): FreezeStore {
  return {
    add: (freeze, entry, end) =>
      inTransaction(database, async (trx) => {
        const row = freezeRow.make(freeze);
        const before = await trx.selectFrom('freezes').selectAll().where('scope', '=', row.scope).executeTakeFirst();
        const inForce = before === undefined ? freeze : freezeRow.read(before);
        if (before === undefined) await trx.insertInto('freezes').values(row).execute();
        const kind = before === undefined ? ('frozen' as const) : ('already' as const);
        const said: AuditEntry = { ...entry, facts: { ...entry.facts, already: kind === 'already' } };
        const lines = await endRequests(trx, inForce, end);
        await appendAuditRecords(trx, author, [{ entry: said, before: undefined, after: undefined }, ...lines]);
        return {
          kind,
          inForce,
          ended: lines.flatMap(({ after }) => after ?? []),
          sealed: await findSealed(trx, inForce),
        };
      }),

    lift: (freeze: Freeze, entry: AuditEntry) =>
      inTransaction(database, async (trx) => {
        const { scope, frozen_at: at } = freezeRow.make(freeze);
        const { numDeletedRows } = await trx
          .deleteFrom('freezes')
          .where('scope', '=', scope)
          .where('frozen_at', '=', at)
          .executeTakeFirstOrThrow();
        if (numDeletedRows !== 1n) return false;
        await appendAuditRecords(trx, author, [{ entry, before: undefined, after: undefined }]);
        return true;
      }),

    inForce: () =>
      withStoreErrors(async () => {
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
  ): Promise<readonly AuditChange[]> {
    const lines: AuditChange[] = [];
    for (const before of await findRequests(trx, inForce, 'none')) {
      const { after, entry } = end(before, inForce);
      requireAllowedStep(before, after);
      const { id, ...columns } = createResetRequestRow(after);
      await trx.updateTable('reset_requests').set(columns).where('id', '=', id).executeTakeFirstOrThrow();
      lines.push({ before, after, entry });
    }
    return lines;
  }

  function findSealed(trx: Transaction<Schema>, inForce: Freeze): Promise<readonly ResetRequest[]> {
    return findRequests(trx, inForce, 'sealed');
  }

  /** Those it concerns whose password is not made yet, or is sealed. A row that cannot be read is left out: nothing will run it. */
  async function findRequests(
    trx: Transaction<Schema>,
    { customer }: Freeze,
    password: 'none' | 'sealed',
  ): Promise<readonly ResetRequest[]> {
    const concerned = stateLiterals((state) => state.password === password);
    const wanted = trx.selectFrom('reset_requests').selectAll().where('state', 'in', concerned);
    const rows = await (customer === undefined ? wanted : wanted.where('customer_id', '=', customer.id)).execute();
    return rows.flatMap((row) => {
      try {
        return [readResetRequest(row)];
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        log?.({ level: 'error', event: 'request-unreadable', request: row.id, correlationId: readCorrelationId(row) });
        return [];
      }
    });
  }
}

/**
 * The freeze that forbids this step towards a reset. It has to be asked in the transaction of the step: then none comes
 * into force in between. What is sealed already goes on to its end.
 */
export async function findFreezeAgainst(
  trx: Transaction<Schema>,
  before: ResetRequest,
  after: ResetRequest,
): Promise<Freeze | undefined> {
  const isGuarded = states[before.state].password === 'none' && states[after.state].isGuardedByFreeze;
  if (!isGuarded || after.state === before.state) return undefined;
  const row = await trx
    .selectFrom('freezes')
    .selectAll()
    .where('scope', 'in', [after.target.customer.id, freezeRow.everything])
    .orderBy('frozen_at')
    .executeTakeFirst();
  return row && freezeRow.read(row);
}

const { instant, perhaps, customer, technician } = shapes;

const freezeShape: z.ZodType<Freeze> = z.strictObject({ customer: perhaps(customer), by: technician, at: instant });

const everything = '*';

/** A freeze as a row, and back. A row that does not hold one is a `StoreError` `row-unreadable`: nothing is guessed. */
const freezeRow = {
  /** The scope of a freeze of everything. */
  everything,

  make(freeze: Freeze): FreezeRow {
    return {
      scope: freeze.customer?.id ?? everything,
      frozen_at: freeze.at,
      details: formatJsonColumn(freeze),
    };
  },

  read({ scope, frozen_at: at, details }: FreezeRow): Freeze {
    const freeze = readJsonColumn(freezeShape, details);
    const agrees = freeze.at === at && (freeze.customer?.id ?? everything) === scope;
    if (!agrees) throw new StoreError('row-unreadable');
    return freeze;
  },
} as const;

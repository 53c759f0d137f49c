import type { Transaction } from 'kysely';
import type { Log } from '../base/index.ts';
import {
  type AuditEntry,
  type FindOwedNote,
  type Freeze,
  type FreezeStore,
  requireAllowedStep,
  type ResetRequest,
  type Step,
} from '../reset/index.ts';
import { type AuditChange, inTrail } from './audit-trail/append-records.ts';
import type { AuditWriter } from './audit-trail/audit-writer.ts';
import { type Database, type Schema, withStoreErrors } from './database/database.ts';
import { StoreError } from './database/store-error.ts';
import { createBatch, type StatementBatch } from './database/statement-batch.ts';
import { freezeRow, readFreezeRows, readFreezesInForce, type StoredFreeze } from './freeze-rows.ts';
import { readRequestOrReport, selectRequests, stateLiterals } from './requests/request-row.ts';
import { updateRequest, type Writing } from './requests/write-request.ts';
import { addOwedNote } from './note-store.ts';
import { readPastFreezes } from './past-freezes.ts';
import { nameRow } from './rows/row-authentication.ts';

/** Freezes, in the same database as requests and with entries in the same trail. */
export function createFreezeStore(
  database: Database,
  author: AuditWriter,
  log?: Log,
  findOwedNote?: FindOwedNote,
): FreezeStore {
  const guard = author.rows;
  return {
    add: (freeze, entry, end) =>
      inTrail(database, author, async (trx, trail) => {
        const { others, lines: removed, isRenewed } = await readOthers({ trx, trail, rows: guard }, freeze);
        const { row, mark } = guard.sign('freezes', freezeRow.make(freeze));
        const before = others.find(({ scope }) => scope === row.scope);
        const inForce = before === undefined ? freeze : freezeRow.read(before);
        if (before === undefined) await trx.insertInto('freezes').values(row).execute();
        const kind = before === undefined ? ('frozen' as const) : ('already' as const);
        const facts = { ...entry.facts, already: kind === 'already', ...(isRenewed && { renewed: true }) };
        const writes = createBatch();
        const lines = await endRequests(writes, trx, inForce, end);
        const frozen = guard.signFreezes(before === undefined ? [...others, row] : others);
        const said = { entry: { ...entry, facts }, before: undefined, after: undefined };
        const about = before === undefined ? { ...said, row: mark } : said;
        await trail.append([...removed, about, ...lines], { mac: frozen }, writes);
        return {
          kind,
          inForce,
          ended: lines.flatMap(({ after, entry: { kind: made } }) => (made === 'note-owed' ? [] : (after ?? []))),
          sealed: await findSealed(trx, inForce),
        };
      }),

    lift: (freeze: Freeze, entry: AuditEntry) =>
      inTrail(database, author, async (trx, trail) => {
        const stored = await readFreezeRows(trx);
        guard.requireFreezes(stored, trail.frozen());
        const { scope, frozen_at: at } = freezeRow.make(freeze);
        const lifted = stored.find((row) => row.scope === scope && row.frozen_at === at);
        if (lifted === undefined) return false;
        await trx.deleteFrom('freezes').where('scope', '=', scope).executeTakeFirstOrThrow();
        const frozen = guard.signFreezes(stored.filter((row) => row !== lifted));
        const row = { key: nameRow('freezes', lifted) };
        await trail.append([{ entry, before: undefined, after: undefined, row }], { mac: frozen });
        return true;
      }),

    inForce: () => withStoreErrors(() => readFreezesInForce(database, author)),

    recorded: () => withStoreErrors(() => readPastFreezes(database)),
  };

  async function endRequests(
    writes: StatementBatch,
    trx: Transaction<Schema>,
    inForce: Freeze,
    end: (request: ResetRequest, inForce: Freeze) => Step,
  ): Promise<readonly AuditChange[]> {
    const lines: AuditChange[] = [];
    for (const before of await findRequests(trx, inForce, 'none')) {
      const { after, entry } = end(before, inForce);
      requireAllowedStep(before, after);
      const mark = updateRequest(writes, { trx, rows: guard }, before, after);
      const owed = await addOwedNote({ trx, rows: guard }, findOwedNote?.(before, after), after);
      lines.push({ before, after, entry, row: mark }, ...owed);
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
    const wanted = selectRequests(trx).where('state', 'in', concerned);
    const rows = await (customer === undefined ? wanted : wanted.where('customer_id', '=', customer.id)).execute();
    return rows.flatMap((row) => readRequestOrReport(guard, row, log));
  }
}

/** The freezes that a new one comes to, and what the trail says of those that are taken away before. */
type Others = {
  readonly others: readonly StoredFreeze[];
  readonly lines: readonly AuditChange[];
  /** Whether the freezes were not those that the trail says are in force. */
  readonly isRenewed: boolean;
};

/**
 * Reads the freezes in force. Where somebody has changed them past Locksmith, a freeze of one customer is refused, and a freeze of
 * everything takes the place of them all: it forbids more than any of them, and from then on what is in force is known again.
 */
async function readOthers({ trx, trail, rows }: Writing, freeze: Freeze): Promise<Others> {
  const stored = await readFreezeRows(trx);
  try {
    rows.requireFreezes(stored, trail.frozen());
    return { others: stored, lines: [], isRenewed: false };
  } catch (error) {
    if (!(error instanceof StoreError) || freeze.customer !== undefined) throw error;
  }
  await trx.deleteFrom('freezes').execute();
  const recorded = await trx
    .selectFrom('audit_records')
    .select('row_key')
    .distinct()
    .where('row_key', '>=', 'freezes/')
    .where('row_key', '<', 'freezes0')
    .execute();
  const entry = { at: freeze.at, kind: 'row-removed', actor: 'locksmith', facts: { why: 'altered' } } as const;
  const lines = recorded.flatMap(({ row_key: key }) =>
    key === null ? [] : [{ entry, before: undefined, after: undefined, row: { key } }],
  );
  return { others: [], lines, isRenewed: true };
}

import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { type Freeze, freezeForbids, type ResetRequest } from '../reset/index.ts';
import { inTrail, type OpenTrail } from './audit-trail/append-records.ts';
import type { AuditWriter } from './audit-trail/audit-writer.ts';
import type { Database, FreezeRow, Schema } from './database/database.ts';
import type { StatementBatch } from './database/statement-batch.ts';
import { StoreError } from './database/store-error.ts';
import { readRowMark } from './rows/row-authentication.ts';
import type { RowGuard } from './rows/row-guard.ts';
import { formatJsonColumn, readJsonColumn, shapes } from './rows/row-shapes.ts';

/** A freeze as it stands in the database. */
export type StoredFreeze = FreezeRow & { readonly mac: string };

/** The first of these changes that a freeze may forbid, and the statement that reads the freezes in force; undefined where there is none. */
export function selectFreezesAgainst(
  first: StatementBatch,
  db: Kysely<Schema>,
  changes: readonly { readonly before: ResetRequest; readonly after: ResetRequest }[],
) {
  const guarded = changes.find(({ before, after }) => freezeForbids(before, after));
  return guarded && { guarded, stored: first.add(selectFreezeRows(db)) };
}

/**
 * The freeze that forbids this step. The freezes have to be read in the transaction of the step: then none comes into force in
 * between. Throws a `StoreError` `row-altered` if the freezes are
 * not those that the trail says are in force: no one knows then what is forbidden.
 */
export function findFreezeAgainst(
  { trail, rows }: { readonly trail: OpenTrail; readonly rows: RowGuard },
  read: ReturnType<typeof selectFreezesAgainst>,
): Freeze | undefined {
  if (read === undefined) return undefined;
  const { guarded } = read;
  const stored = read.stored().rows;
  rows.requireFreezes(stored, trail.frozen());
  const { id } = guarded.after.target.customer;
  const against = stored.find(({ scope }) => scope === id || scope === freezeRow.everything);
  return against && freezeRow.read(against);
}

/** Every row of a freeze, the oldest first. */
export function readFreezeRows(db: Kysely<Schema>): Promise<readonly StoredFreeze[]> {
  return selectFreezeRows(db).execute();
}

function selectFreezeRows(db: Kysely<Schema>) {
  return db.selectFrom('freezes').selectAll().orderBy('frozen_at').orderBy('scope');
}

/**
 * Every freeze in force, the oldest first, read beside all transactions. The end of the trail is read in the same statement, and
 * so at the same instant. Where this process has not followed the trail so far, they are read in a transaction, which does.
 */
export async function readFreezesInForce(
  database: Pick<Database, 'db' | 'kind'>,
  author: AuditWriter,
): Promise<readonly Freeze[]> {
  const { rows, follower } = author;
  const { db } = database;
  const known = follower?.end();
  const read = await db
    .selectFrom('audit_head')
    .leftJoin('freezes', (join) => join.onTrue())
    .select(['freezes.scope', 'freezes.frozen_at', 'freezes.details', 'freezes.mac'])
    .select(
      sql<string | null>`(select cast(number as text) || ':' || coalesce(frozen, '') from audit_records
        order by number desc limit 1)`.as('end'),
    )
    .where('audit_head.id', '=', 1)
    .orderBy('freezes.frozen_at')
    .orderBy('freezes.scope')
    .execute();
  const stored = read.flatMap(({ scope, frozen_at, details, mac }) =>
    scope === null || frozen_at === null || details === null || mac === null
      ? []
      : [{ scope, frozen_at, details, mac }],
  );
  const { number, mac: frozen } = readRowMark(read[0]?.end ?? null) ?? { number: 0, mac: undefined };
  const atEnd = [known, follower?.end()].find((end) => end?.number === number);
  if (known !== undefined && atEnd === undefined && number > known.number) {
    const verified = await inTrail(database, author, async (trx, trail) => {
      const inForce = await readFreezeRows(trx);
      rows.requireFreezes(inForce, trail.frozen());
      return inForce;
    });
    return verified.map((row) => freezeRow.read(row));
  }
  const isBehind = number < (known?.number ?? 0);
  const followed = atEnd ?? (isBehind ? known : undefined);
  rows.requireFreezes(stored, followed === undefined ? frozen : followed.frozen);
  if (isBehind) throw new StoreError('audit-end-altered');
  return stored.map((row) => freezeRow.read(row));
}

const { instant, perhaps, customer, technician } = shapes;

const freezeShape: z.ZodType<Freeze> = z.strictObject({ customer: perhaps(customer), by: technician, at: instant });

const everything = '*';

/** A freeze as a row, and back. A row that does not hold one is a `StoreError` `row-unreadable`: nothing is guessed. */
export const freezeRow = {
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

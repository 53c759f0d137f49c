import { storeTunables } from '../../base/index.ts';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { type OpenWork, statesWhere } from '../../reset/index.ts';
import type { Database, ResetRequestRow, Schema } from '../database/database.ts';
import { stateLiterals } from './request-row.ts';

const underWay = stateLiterals(({ phase }) => phase === 'under-way');

/** Counts what was confirmed and is not done yet, by state. All of it is read through indexes of such rows alone. */
export async function readOpenWork({ db, present }: Pick<Database, 'db' | 'present'>, now: number): Promise<OpenWork> {
  const counted = () =>
    db
      .selectFrom('reset_requests')
      .select((row) => ['state', row.fn.countAll<number>().as('count')])
      .groupBy('state');
  const rows = [
    ...(await counted().where('state', 'in', underWay).execute()),
    ...(await counted().where('state', '=', sql.lit('proposed')).where('confirmed_at', 'is not', null).execute()),
  ];
  const oldest = await readOldest(db);
  const { overdue } = await db
    .selectFrom('reset_requests')
    .select((row) => row.fn.countAll<number>().as('overdue'))
    .where(
      'state',
      'not in',
      stateLiterals(({ phase }) => phase === 'over'),
    )
    .where('state', '=', sql.lit('delivered'))
    // The first attempt to hide a password erases what is sealed: what is still here after it could not be hidden.
    .where((where) =>
      where.or([
        where('sealed_key_id', 'is', null),
        where('due_at', '<', sql<number>`${present(now)} - ${sql.lit(storeTunables.overdueGraceMilliseconds)}`),
      ]),
    )
    .executeTakeFirstOrThrow();
  return {
    states: statesWhere(({ phase }) => phase === 'proposed' || phase === 'under-way').map((state) => ({
      state,
      count: rows.find((row) => row.state === state)?.count ?? 0,
    })),
    ...oldest,
    overdue,
  };
}

async function readOldest(db: Kysely<Schema>): Promise<Pick<OpenWork, 'oldestSince' | 'oldestAwaitingApproval'>> {
  const oldest = () =>
    db
      .selectFrom('reset_requests')
      .select(['state', 'confirmed_at', 'details'])
      .where('confirmed_at', 'is not', null)
      .orderBy('confirmed_at')
      .limit(storeTunables.maxSearchedOpenWork);
  const rows = [
    ...(await oldest().where('state', 'in', underWay).where('state', '<>', 'awaiting-approval').execute()),
    ...(await oldest().where('state', '=', sql.lit('awaiting-approval')).execute()),
    ...(await oldest().where('state', '=', sql.lit('proposed')).execute()),
  ].map((row) => ({ state: row.state, confirmedAt: row.confirmed_at ?? 0, decidedAt: readDecidedAt(row) }));
  const isWaiting = ({ state, decidedAt }: (typeof rows)[number]) =>
    state === 'awaiting-approval' && decidedAt === undefined;
  return {
    oldestSince: least(
      rows.filter((row) => !isWaiting(row)).map(({ confirmedAt, decidedAt }) => decidedAt ?? confirmedAt),
    ),
    oldestAwaitingApproval: least(rows.filter(isWaiting).map(({ confirmedAt }) => confirmedAt)),
  };
}

function least(instants: readonly number[]): number | undefined {
  return instants.length === 0 ? undefined : Math.min(...instants);
}

const decisionShape = z.object({
  approval: z.object({ decision: z.object({ at: z.number() }).optional() }).optional(),
});

/** When a second person decided about a request; undefined where none has, or the row cannot be read. */
function readDecidedAt({ details }: Pick<ResetRequestRow, 'details'>): number | undefined {
  try {
    return decisionShape.safeParse(JSON.parse(details)).data?.approval?.decision?.at;
  } catch {
    return undefined;
  }
}

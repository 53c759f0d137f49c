import { sql, type Kysely } from 'kysely';
import type { OpenWork } from '../reset/ports/open-work.ts';
import type { ResetState } from '../reset/reset-state.ts';
import type { Schema } from './schema.ts';
import { underWayStates } from './under-way-states.ts';

const openStates = ['proposed', ...underWayStates] as const satisfies readonly ResetState[];

/** Counts what was confirmed and is not done yet, by state. Both parts are read through indexes of such rows alone. */
export async function readOpenWork(db: Kysely<Schema>): Promise<OpenWork> {
  const open = () =>
    db
      .selectFrom('reset_requests')
      .select((row) => [
        'state',
        row.fn.countAll<number>().as('count'),
        row.fn.min<number | null>('confirmed_at').as('oldest'),
      ])
      .groupBy('state');
  // Written out, not bound: only then does SQLite see that the indexes of these rows will do.
  const underWay = await open()
    .where(
      'state',
      'in',
      underWayStates.map((state) => sql.lit(state)),
    )
    .execute();
  const beingDecided = await open()
    .where('state', '=', sql.lit('proposed'))
    .where('confirmed_at', 'is not', null)
    .execute();
  const rows = [...beingDecided, ...underWay];
  const oldest = rows.flatMap((row) => row.oldest ?? []);
  return {
    states: openStates.map((state) => ({ state, count: rows.find((row) => row.state === state)?.count ?? 0 })),
    oldestConfirmedAt: oldest.length === 0 ? undefined : Math.min(...oldest),
  };
}

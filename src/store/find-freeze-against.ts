import type { Transaction } from 'kysely';
import type { Freeze } from '../reset/ports/stores.ts';
import type { ResetRequest } from '../reset/request.ts';
import type { ResetState } from '../reset/states.ts';
import { freezeRow } from './freeze-row.ts';
import { notSealedStates } from './not-sealed-states.ts';
import type { Schema } from './schema.ts';

const guarded: ReadonlySet<ResetState> = new Set(['awaiting-approval', 'approved', 'sealed']);

/**
 * The freeze that forbids this step towards a reset. It has to be asked in the transaction of the step: then none comes
 * into force in between. What is sealed already goes on to its end.
 */
export async function findFreezeAgainst(
  trx: Transaction<Schema>,
  before: ResetRequest,
  after: ResetRequest,
): Promise<Freeze | undefined> {
  const notSealed: readonly ResetState[] = notSealedStates;
  const isGuarded = notSealed.includes(before.state) && after.state !== before.state && guarded.has(after.state);
  if (!isGuarded) return undefined;
  const row = await trx
    .selectFrom('freezes')
    .selectAll()
    .where('scope', 'in', [after.target.customer.id, freezeRow.everything])
    .orderBy('frozen_at')
    .executeTakeFirst();
  return row && freezeRow.read(row);
}

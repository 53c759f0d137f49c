import type { Kysely } from 'kysely';
import type { HistoryOf } from '../reset/ports/stores.ts';
import type { ResetRequestRow, Schema } from './schema.ts';

/** The latest rows, of one person or of everybody, the latest first. */
export async function findHistory(
  db: Kysely<Schema>,
  whose: HistoryOf,
  atMost: number,
): Promise<readonly ResetRequestRow[]> {
  const latest = db.selectFrom('reset_requests').selectAll().orderBy('proposed_at', 'desc').orderBy('id').limit(atMost);
  if (whose === 'everybody') return latest.execute();
  return latest
    .where('technician_id', '=', whose.technician)
    .where('technician_tenant_id', '=', whose.tenant)
    .execute();
}

import type { Transaction } from 'kysely';
import type { Database } from './database.ts';
import { reportFailure } from './report-failure.ts';
import type { Schema } from './schema.ts';
import { StoreError } from './store-error.ts';

/**
 * Does `work` in one transaction, alone: on SQLite the transaction is the lock, on PostgreSQL the head of the trail is.
 * So what `work` reads stays true until it is done. If it throws, nothing of it remains.
 */
export function write<Result>(
  { db, kind }: Pick<Database, 'db' | 'kind'>,
  work: (trx: Transaction<Schema>) => Promise<Result>,
): Promise<Result> {
  return reportFailure(() =>
    db.transaction().execute(async (trx) => {
      if (kind === 'postgres') {
        const head = await trx.selectFrom('audit_head').select('id').where('id', '=', 1).forUpdate().executeTakeFirst();
        if (head === undefined) throw new StoreError('audit-end-altered');
      }
      return work(trx);
    }),
  );
}

import type { Kysely } from 'kysely';
import { inTrail } from './audit-trail/append-records.ts';
import type { AuditWriter } from './audit-trail/audit-writer.ts';
import { type Database, type Schema, withStoreErrors } from './database/database.ts';
import type { RowGuard } from './row-guard.ts';

/** Reads with this database and this guard. */
export type FollowedRead = <Result>(work: (db: Kysely<Schema>, guard: RowGuard) => Promise<Result>) => Promise<Result>;

/**
 * Makes the function that reads rows beside all transactions. Another instance may have written a row a moment ago, and so may
 * somebody who forges a record for it. Where such a record vouches for a row, the same is read again in a transaction, which
 * verifies the trail first. So nothing is decided from a record that this process has not verified.
 */
export function createFollowedRead(database: Pick<Database, 'db' | 'kind'>, author: AuditWriter): FollowedRead {
  return (work) =>
    withStoreErrors(async () => {
      const guard = author.rows.beforeRead();
      const result = await work(database.db, guard);
      return guard.isAhead() ? inTrail(database, author, (trx) => work(trx, author.rows)) : result;
    });
}

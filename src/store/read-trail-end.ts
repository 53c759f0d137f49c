import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { AuditHead } from './audit-head.ts';
import type { Schema } from './schema.ts';
import { StoreError } from './store-error.ts';

/**
 * The end of the trail, as both its head and its last record have it; the hash is empty where nothing has been chained.
 * Throws a `StoreError` `audit-end-altered` where the two do not agree: written on from there, an honest record would be
 * the first that does not fit. One statement, and so one instant on both databases.
 */
export async function readTrailEnd(db: Kysely<Schema>): Promise<AuditHead> {
  const row = await db
    .selectFrom('audit_head')
    .leftJoin(
      (from) =>
        from.selectFrom('audit_records').select(['number', 'hash']).orderBy('number', 'desc').limit(1).as('last'),
      (join) => join.onTrue(),
    )
    .select([
      ownNumber('audit_head.number').as('number'),
      'audit_head.hash as hash',
      ownNumber('last.number').as('lastNumber'),
      'last.hash as lastHash',
    ])
    .where('audit_head.id', '=', 1)
    .executeTakeFirst();
  const head = row && readAgreed(row);
  if (head === undefined) throw new StoreError('audit-end-altered');
  return head;
}

/** Undefined where it is no number that we write. SQLite sorts text and bytes after every number. */
function ownNumber(column: string): RawBuilder<number | null> {
  const of = sql.ref(column);
  return sql<number | null>`case when ${of} between 0 and ${sql.lit(Number.MAX_SAFE_INTEGER)} then ${of} end`;
}

function readAgreed({
  number,
  hash,
  lastNumber,
  lastHash,
}: {
  readonly number: number | null;
  readonly hash: string;
  readonly lastNumber: number | null;
  readonly lastHash: string | null;
}): AuditHead | undefined {
  if (number === 0 && hash === '' && lastHash === null) return { number, hash };
  const isOurs = number !== null && Number.isInteger(number) && number > 0 && /^(?:[0-9a-f]{64})?$/.test(hash);
  return isOurs && number === lastNumber && hash === lastHash ? { number, hash } : undefined;
}

import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type Database, inTransaction, readSetting, type Schema } from '../database/database.ts';
import { StoreError } from '../database/store-error.ts';
import type { AuditChain } from './audit-chain.ts';

/** The end of the trail: its last record and that one's hash. */
export type AuditHead = { readonly number: number; readonly hash: string };

/** The head of the trail as it is committed; undefined while nothing has been chained. */
export async function readAuditHead(db: Kysely<Schema>): Promise<AuditHead | undefined> {
  const head = await db
    .selectFrom('audit_head')
    .select(['number', 'hash'])
    .where('id', '=', 1)
    .executeTakeFirstOrThrow();
  return head.hash === '' ? undefined : head;
}

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
      selectSafeNumber('audit_head.number').as('number'),
      'audit_head.hash as hash',
      selectSafeNumber('last.number').as('lastNumber'),
      'last.hash as lastHash',
    ])
    .where('audit_head.id', '=', 1)
    .executeTakeFirst();
  const head = row && readAgreed(row);
  if (head === undefined) throw new StoreError('audit-end-altered');
  return head;
}

/** Undefined where it is no number that we write. SQLite sorts text and bytes after every number. */
function selectSafeNumber(column: string): RawBuilder<number | null> {
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

/**
 * Begins the chain of a trail that is empty; of one that is not, looks whether it can be written on. Throws a `StoreError`:
 * `wrong-audit-key`, as a trail of two keys could not be told from one that was tampered with; `audit-beginning-missing`,
 * as signing again would vouch for whatever stands there; `audit-end-altered`.
 */
export function beginChain(database: Database, chain: AuditChain): Promise<ChainBeginning | undefined> {
  return inTransaction(database, async (trx) => {
    const kept = await readSetting(trx, chainBeginningSetting);
    if (kept !== undefined && chain.check(Number.parseInt(kept, 10)) !== kept) {
      throw new StoreError('wrong-audit-key');
    }
    const { number } = await readTrailEnd(trx);
    if (kept !== undefined) return undefined;
    if (number > 0) throw new StoreError('audit-beginning-missing');
    return signBeginning(trx, chain);
  });
}

/** Where a chain was begun: after the row of that number, and what the database keeps to say so. */
export type ChainBeginning = { readonly after: number; readonly check: string };

/** Writes down, under the key, that the chain begins after the last row there is: nothing before it is protected. */
export async function signBeginning(db: Kysely<Schema>, chain: AuditChain): Promise<ChainBeginning> {
  const { number: after } = await readTrailEnd(db);
  const check = chain.check(after);
  await db.insertInto('settings').values({ name: chainBeginningSetting, value: check }).execute();
  return { after, check };
}

/** The setting that says where the chain begins, in a way only the key's owner can. */
export const chainBeginningSetting = 'audit-check';

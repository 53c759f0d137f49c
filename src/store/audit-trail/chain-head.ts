import { type Compilable, type Kysely, type RawBuilder, sql } from 'kysely';
import { type Database, inTransaction, readSetting, type Schema, writeSetting } from '../database/database.ts';
import { StoreError } from '../database/store-error.ts';
import type { AuditChain, ChainCheck } from './audit-chain.ts';

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
 * Reads the end of the trail; its hash is empty if nothing has been chained. Head and last record must agree: otherwise
 * the next honest record would be the first that does not fit, so this throws a `StoreError` `audit-end-altered`.
 * It is one statement, and so one instant on both databases.
 */
export async function readTrailEnd(db: Kysely<Schema>): Promise<AuditHead> {
  const { rows } = await db.executeQuery(selectTrailEnd(db));
  return readSelectedEnd(rows[0]);
}

/** The statement of `readTrailEnd`. Every transaction has it, so it is written out: to build it takes longer than to answer it. */
export function selectTrailEnd(db: Kysely<Schema>): Compilable<TrailEndRow> {
  return { compile: () => trailEnd.compile(db) };
}

/** Null where it is no number that we write. SQLite sorts text and bytes after every number. */
const safeNumber = (column: string): RawBuilder<number | null> =>
  sql.raw(`case when ${column} between 0 and ${Number.MAX_SAFE_INTEGER} then ${column} end`);

const trailEnd = sql<TrailEndRow>`select ${safeNumber('audit_head.number')} as "number", audit_head.hash as "hash",
  ${safeNumber('last.number')} as "lastNumber", last.hash as "lastHash"
  from audit_head left join (select number, hash from audit_records order by number desc limit 1) as last on true
  where audit_head.id = 1`;

/** Reads the row of `selectTrailEnd`, as `readTrailEnd` does. */
export function readSelectedEnd(row: TrailEndRow | undefined): AuditHead {
  const head = row && readAgreed(row);
  if (head === undefined) throw new StoreError('audit-end-altered');
  return head;
}

type TrailEndRow = {
  readonly number: number | null;
  readonly hash: string;
  readonly lastNumber: number | null;
  readonly lastHash: string | null;
};

function readAgreed({ number, hash, lastNumber, lastHash }: TrailEndRow): AuditHead | undefined {
  if (number === 0 && hash === '' && lastHash === null) return { number, hash };
  const isOurs = number !== null && Number.isInteger(number) && number > 0 && /^(?:[0-9a-f]{64})?$/.test(hash);
  return isOurs && number === lastNumber && hash === lastHash ? { number, hash } : undefined;
}

/**
 * Begins the chain of an empty trail, or checks that an existing trail can be continued. Throws a `StoreError`:
 * - `wrong-audit-key`: A trail of two keys could not be told from an altered one.
 * - `audit-beginning-missing`: Signing again would vouch for rows that may be altered.
 * - `audit-end-altered`: The head is missing, or does not agree with the last row.
 */
export function beginChain(database: Database, chain: AuditChain): Promise<ChainBeginning | undefined> {
  return inTransaction(database, async (trx) => {
    const kept = await readSetting(trx, chainBeginningSetting);
    if (kept !== undefined && chain.readCheck(kept) === undefined) throw new StoreError('wrong-audit-key');
    const { number } = await readTrailEnd(trx);
    if (kept !== undefined) {
      await stateThatRowsAreSigned(trx, chain);
      return undefined;
    }
    if (number > 0) throw new StoreError('audit-beginning-missing');
    return signBeginning(trx, chain, 'signed');
  });
}

/** Where a chain begins: after the row of that number. `check` is what the database keeps to prove it. */
export type ChainBeginning = { readonly after: number; readonly check: string };

/** Records under the key that the chain begins after the present last row. No row before it is protected. */
export async function signBeginning(
  db: Kysely<Schema>,
  chain: AuditChain,
  rows: ChainCheck['rows'],
): Promise<ChainBeginning> {
  const { number: after } = await readTrailEnd(db);
  const check = chain.check(after, rows);
  await db.insertInto('settings').values({ name: chainBeginningSetting, value: check }).execute();
  return { after, check };
}

/** States under the key that rows have their MACs, where the database states a beginning. From then on none is taken over. */
export async function stateThatRowsAreSigned(db: Kysely<Schema>, chain: AuditChain): Promise<void> {
  const kept = chain.readCheck((await readSetting(db, chainBeginningSetting)) ?? '');
  if (kept?.rows === 'unsigned') await writeSetting(db, chainBeginningSetting, chain.check(kept.beginsAfter, 'signed'));
}

/** The name of the setting that states where the chain begins; only the owner of the key can write it. */
export const chainBeginningSetting = 'audit-check';

import { type Kysely, PostgresAdapter, sql } from 'kysely';
import { storeTunables } from '../../base/index.ts';
import { type AuditChange, openTrailEnd } from '../audit-trail/append-records.ts';
import { type AuditChain, type AuditEventRow, chainStart } from '../audit-trail/audit-chain.ts';
import type { AuditWriter } from '../audit-trail/audit-writer.ts';
import { chainBeginningSetting, readTrailEnd } from '../audit-trail/chain-head.ts';
import { followRecord } from '../audit-trail/follow-trail.ts';
import { readTrailRows } from '../audit-trail/trail-rows.ts';
import { readSetting, type Schema } from '../database/database.ts';
import { StoreError } from '../database/store-error.ts';
import { readFreezeRows } from '../freeze-rows.ts';
import { primaryKeys, type SignedTable, takenOverTables } from './row-authentication.ts';

/**
 * What became of the rows of an older version. Those that `leftOut` counts disagree with the trail, and are not used any more.
 * `broken`: the trail does not verify from that row on, so no row was taken over.
 */
export type TakeOver =
  | { readonly kind: 'taken-over'; readonly rows: number; readonly leftOut: number }
  | { readonly kind: 'broken'; readonly row: number };

/**
 * Signs the rows of an older version, once, in the transaction of the migration: each gets its MAC and a record that says so.
 * It believes them as they stand, if the whole trail verifies and knows a request in the same state for the same person.
 * Without the key, a database that holds rows is left as it is (`schema-older`).
 */
export async function takeOverRows(
  trx: Kysely<Schema>,
  author: AuditWriter | undefined,
  now: number,
): Promise<TakeOver | undefined> {
  if (await isEmpty(trx)) return undefined;
  if (author?.chain === undefined) throw new StoreError('schema-older');
  const trail = await readWholeTrail(trx, author.chain);
  if (trail.kind === 'broken') return trail;
  // The migration may still be rolled back, and then nothing was written.
  const open = await openTrailEnd(trx, author, await readTrailEnd(trx), []);
  const scopes = new Set((await readFreezeRows(trx)).map(({ scope }) => scope));
  const entry = { at: now, kind: 'row-signed', actor: 'locksmith', facts: {} } as const;
  const macs: string[] = [];
  let rows = 0;
  let leftOut = 0;
  for (const table of takenOverTables) {
    for await (const page of readSignableRows((after) => readSignablePage(trx, table, after))) {
      const believed = page.filter((row) => isKnown(table, row, trail, scopes));
      const lines: AuditChange[] = [];
      for (const row of believed) {
        const mac = author.chain.rows.sign(table, row);
        await writeMac(trx, table, row, mac);
        lines.push({ entry, before: undefined, after: undefined, row: { key: nameSignable(table, row), mac } });
      }
      if (table === 'freezes') macs.push(...lines.flatMap(({ row }) => row?.mac ?? []));
      const frozen = { mac: author.chain.rows.signFreezes(macs) };
      if (lines.length > 0) await open.append(lines, frozen);
      rows += lines.length;
      leftOut += page.length - lines.length;
    }
  }
  return { kind: 'taken-over', rows, leftOut };
}

async function isEmpty(db: Kysely<Schema>): Promise<boolean> {
  for (const table of takenOverTables) {
    if ((await db.selectFrom(table).select('mac').limit(1).executeTakeFirst()) !== undefined) return false;
  }
  return true;
}

/** What the trail knows of the rows: the newest state of each request, and the scopes that are frozen. */
type KnownRows = {
  readonly kind: 'whole';
  readonly requests: ReadonlyMap<string, string>;
  readonly frozen: ReadonlySet<string>;
};

/** Verifies the trail from its first record, as `audit -- verify` does. Throws if the key is not the one that it was begun with. */
async function readWholeTrail(
  db: Kysely<Schema>,
  chain: AuditChain,
): Promise<KnownRows | { readonly kind: 'broken'; readonly row: number }> {
  const kept = await readSetting(db, chainBeginningSetting);
  if (kept === undefined) throw new StoreError('audit-beginning-missing');
  const check = chain.readCheck(kept);
  if (check === undefined) throw new StoreError('wrong-audit-key');
  const { beginsAfter } = check;
  // Only somebody who undid the migration comes here a second time.
  if (check.rows === 'signed') return { kind: 'broken', row: beginsAfter + 1 };
  const kind = db.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite';
  const requests = new Map<string, string>();
  const frozen = new Set<string>();
  let good = { number: 0, hash: chainStart };
  for (;;) {
    const after = good.number === 0 ? undefined : good.number;
    const page = await readTrailRows({ db, kind }, after, storeTunables.verifiedPageRecords);
    for (const row of page) {
      const number = good.number + 1;
      const isUnchained = number <= beginsAfter && row.number === String(number) && row.hash === '';
      const next = isUnchained ? { number, hash: chainStart } : followRecord(chain, good, row);
      if (next === undefined || row.event === undefined) return { kind: 'broken', row: number };
      // A record that names a row, or freezes, was written after rows had MACs: they were taken over before.
      if (row.event.row_key !== null || row.event.frozen !== null) return { kind: 'broken', row: number };
      readEvent(row.event, requests, frozen);
      good = next;
    }
    if (page.length < storeTunables.verifiedPageRecords) break;
  }
  const end = await readTrailEnd(db);
  return end.number === good.number ? { kind: 'whole', requests, frozen } : { kind: 'broken', row: good.number + 1 };
}

function readEvent(event: AuditEventRow, requests: Map<string, string>, frozen: Set<string>): void {
  const { request_id: id, customer_id, user_id, state_after: state } = event;
  if (id !== null && state !== null) requests.set(id, describeRequest([state, customer_id, user_id]));
  if (event.kind !== 'frozen' && event.kind !== 'thawed') return;
  const facts: unknown = JSON.parse(event.facts);
  const customer = typeof facts === 'object' && facts !== null && 'customer' in facts ? facts.customer : undefined;
  const scope = typeof customer === 'string' ? customer : '*';
  if (event.kind === 'frozen') frozen.add(scope);
  else frozen.delete(scope);
}

function describeRequest(facts: readonly (string | number | null | undefined)[]): string {
  return JSON.stringify(facts);
}

/** Whether the trail, from before rows had MACs, agrees with what stands there. It knows nothing of contacts and questions. */
function isKnown(
  table: (typeof takenOverTables)[number],
  row: SignableRow,
  { requests, frozen }: KnownRows,
  scopes: ReadonlySet<string>,
): boolean {
  switch (table) {
    case 'reset_requests': {
      const { state, customer_id, user_id } = row;
      return requests.get(String(row['id'])) === describeRequest([state, customer_id, user_id]);
    }
    case 'freezes':
      // One that is missing would go on missing.
      return scopes.size === frozen.size && [...frozen].every((scope) => scopes.has(scope));
    case 'contacts':
    case 'open_questions':
      return true;
  }
}

/** A row of any of the signed tables, by the names of its columns. */
export type SignableRow = Readonly<Record<string, string | number | null>>;

/** At most a page of the rows of a table as they stand, in the order of the primary key, after that row or from the first one. */
export async function readSignablePage(
  db: Kysely<Schema>,
  table: SignedTable,
  after: SignableRow | undefined,
): Promise<readonly SignableRow[]> {
  const columns = sql.join(primaryKeys[table].map((column) => sql.ref(column)));
  const behind = after === undefined ? sql`` : sql`where (${columns}) > (${sql.join(keysOf(table, after))})`;
  const { rows } = await sql<SignableRow>`
    select * from ${sql.table(table)} ${behind} order by ${columns} limit ${storeTunables.comparedPageRows}`.execute(
    db,
  );
  return rows;
}

/** Yields every row of a table, a page at a time. */
export async function* readSignableRows(
  read: (after: SignableRow | undefined) => Promise<readonly SignableRow[]>,
): AsyncGenerator<readonly SignableRow[], void> {
  let last: SignableRow | undefined;
  for (;;) {
    const page: readonly SignableRow[] = await read(last);
    yield page;
    last = page.at(-1);
    if (page.length < storeTunables.comparedPageRows) return;
  }
}

/** Writes the MAC of a row that stands there. */
export async function writeMac(db: Kysely<Schema>, table: SignedTable, row: SignableRow, mac: string): Promise<void> {
  const columns = sql.join(primaryKeys[table].map((column) => sql.ref(column)));
  await sql`update ${sql.table(table)} set mac = ${mac} where (${columns}) = (${sql.join(keysOf(table, row))})`.execute(
    db,
  );
}

/** The name of such a row in the trail. */
export function nameSignable(table: SignedTable, row: SignableRow): string {
  return [table, ...keysOf(table, row)].join('/').toWellFormed();
}

function keysOf(table: SignedTable, row: SignableRow): readonly string[] {
  return primaryKeys[table].map((column) => String(row[column]));
}

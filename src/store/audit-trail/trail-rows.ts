import { storeTunables } from '../../base/index.ts';
import { sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { AuditEventRow } from './audit-chain.ts';
import { type AuditHead, chainBeginningSetting } from './chain-head.ts';

/** A row of the trail as it stands in the database. It may have been altered. */
export type TrailRow = {
  /** What stands for its number; null where that is none. On SQLite another kind of value stands as a literal, `'7'` or `X'37'`. */
  readonly number: string | null;
  /** What stands for its hash; `notText`, which is no hash, where that is not even a text. */
  readonly hash: string;
  /** What is chained of it; undefined where that is not even of the right kind. */
  readonly event: AuditEventRow | undefined;
};

const notText = 'no text';

/**
 * At most so many rows in the order of their numbers, after that number or from the very first. Numbers are read as
 * texts: a database that was tampered with may hold what does not fit into one of ours.
 */
export async function readTrailRows(
  { db, kind }: Pick<Database, 'db' | 'kind'>,
  after: number | undefined,
  atMost: number,
): Promise<readonly TrailRow[]> {
  // SQLite keeps a number as a text or a blob too, and a cast would hide that.
  const write = (name: string) =>
    kind === 'sqlite' ? sql<string>`quote(${sql.ref(name)})` : sql<string>`cast(${sql.ref(name)} as text)`;
  const query = db
    .selectFrom('audit_records')
    .select([
      write('audit_records.number').as('number'),
      write('at').as('at'),
      'kind',
      'actor',
      'instance',
      'version',
      'request_id',
      'correlation_id',
      'operation_id',
      'customer_id',
      'user_id',
      'state_before',
      'state_after',
      'about',
      'facts',
      'row_key',
      'row_mac',
      'frozen',
      'hash',
    ])
    .orderBy('audit_records.number')
    .limit(atMost);
  const rows = await (after === undefined ? query : query.where('audit_records.number', '>', after)).execute();
  return rows.map(({ number, hash, ...event }) => ({
    number: number === 'NULL' ? null : number,
    hash: isText(hash) ? hash : notText,
    event: isSound(event) ? event : undefined,
  }));
}

function isSound(event: AuditEventRow): boolean {
  return (
    isText(event.at) &&
    /^-?\d{1,15}$/.test(event.at) &&
    isText(event.kind) &&
    isText(event.actor) &&
    isText(event.instance) &&
    isText(event.version) &&
    isTextOrNull(event.request_id) &&
    isTextOrNull(event.correlation_id) &&
    isTextOrNull(event.operation_id) &&
    isTextOrNull(event.customer_id) &&
    isTextOrNull(event.user_id) &&
    isTextOrNull(event.state_before) &&
    isTextOrNull(event.state_after) &&
    isTextOrNull(event.row_key) &&
    isTextOrNull(event.row_mac) &&
    isTextOrNull(event.frozen) &&
    isObject(event.about) &&
    isObject(event.facts)
  );
}

/** A column of SQLite may hold a value of any type. */
function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === 'string';
}

function isObject(json: unknown): boolean {
  if (typeof json !== 'string' || !json.startsWith('{')) return false;
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
}

/** How a trail stands at one instant. */
export type TrailBounds = {
  /** What the table of the head holds; undefined where it was emptied, or holds more than one. */
  readonly head: AuditHead | undefined;
  readonly isEmpty: boolean;
  /** Where the chain begins, as its key says; undefined before the bot has first run with a key. */
  readonly check: string | undefined;
};

/** One statement, and so one instant on both databases. It counts nothing: that takes the longer the longer the trail is. */
export async function readTrailBounds({ db }: Pick<Database, 'db'>): Promise<TrailBounds> {
  const { rows } = await sql<{
    filled: number;
    heads: number;
    number: string | null;
    hash: string | null;
    checked: string | null;
  }>`select (select count(*) from (select 1 as one from audit_records limit 1) as first) as filled,
      (select count(*) from audit_head where id = 1) as heads,
      (select min(cast(number as text)) from audit_head where id = 1) as number,
      (select min(hash) from audit_head where id = 1) as hash,
      (select min(value) from settings where name = ${chainBeginningSetting}) as checked`.execute(db);
  const [row] = rows;
  const { heads = 0, number = null, hash = null } = row ?? {};
  return {
    head: heads !== 1 || number === null || hash === null ? undefined : { number: Number(number), hash },
    isEmpty: row?.filled !== 1,
    check: row?.checked ?? undefined,
  };
}

/** How many rows fewer there are than the head says; undefined where that cannot be said, as while a bot writes on. */
export async function countMissingRows(database: Pick<Database, 'db'>): Promise<number | undefined> {
  const before = (await readTrailBounds(database)).head?.number;
  const rows = await countRows(database);
  const after = (await readTrailBounds(database)).head?.number;
  return before === undefined || before !== after ? undefined : before - rows;
}

async function countRows({ db }: Pick<Database, 'db'>): Promise<number> {
  let rows = 0;
  let after: string | undefined;
  for (;;) {
    const condition = after === undefined ? sql`` : sql`where number > cast(${after} as bigint)`;
    const answer = await sql<{ rows: number; last: string | null }>`
      select count(*) as rows, cast(max(number) as text) as last
      from (select number from audit_records ${condition} order by number limit ${storeTunables.recordsCountedAtOnce}) as part`.execute(
      db,
    );
    const part = answer.rows[0];
    rows += part?.rows ?? 0;
    const last = part?.last ?? undefined;
    if ((part?.rows ?? 0) < storeTunables.recordsCountedAtOnce || last === undefined || last === after) return rows;
    after = last;
  }
}

import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { AuditEventRow } from './write-audit-event.ts';

/** A row of the trail as it stands in the database, whatever was done to it. */
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
    isObject(event.about) &&
    isObject(event.facts)
  );
}

/** SQLite keeps in a column whatever it is given, of any kind. */
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

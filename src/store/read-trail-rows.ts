import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';
import type { AuditEventRow } from './write-audit-event.ts';

/** A row of the trail as it stands in the database, whatever was done to it. */
export type TrailRow = {
  /** What stands for its number; null where that is none. */
  readonly number: string | null;
  readonly hash: string;
  /** What is chained of it; undefined where that is not even of the right kind. */
  readonly event: AuditEventRow | undefined;
};

/**
 * At most so many rows in the order of their numbers, after that number or from the very first. Numbers are read as
 * texts: a database that was tampered with may hold what does not fit into one of ours.
 */
export async function readTrailRows(
  db: Kysely<Schema>,
  after: number | undefined,
  atMost: number,
): Promise<readonly TrailRow[]> {
  const query = db
    .selectFrom('audit_records')
    .select([
      sql<string>`cast(audit_records.number as text)`.as('number'),
      sql<string>`cast(at as text)`.as('at'),
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
  return rows.map(({ number, hash, ...event }) => ({ number, hash, event: isSound(event) ? event : undefined }));
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

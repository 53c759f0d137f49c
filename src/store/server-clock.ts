import { sql, type RawBuilder } from 'kysely';

/** A PostgreSQL server's own clock, in whole milliseconds since 1970, whatever a transaction's start. */
export function serverClock(): RawBuilder<number> {
  return sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`;
}

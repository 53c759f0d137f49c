import { sql, type RawBuilder } from 'kysely';
import type { Database } from './database.ts';

/** The instant by which work is due: on SQLite the caller's, on PostgreSQL the server's, one clock for all instances. */
export function dueAt({ kind }: Pick<Database, 'kind'>, now: number): RawBuilder<number> {
  switch (kind) {
    case 'sqlite':
      return sql<number>`${now}`;
    case 'postgres':
      return sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`;
  }
}

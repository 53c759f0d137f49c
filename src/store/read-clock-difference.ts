import { sql } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Database } from './database.ts';

/**
 * Milliseconds by which the database's clock is ahead of this machine's (negative: behind), to half a round trip. Leases
 * are given by one and judged by the other. 0 on SQLite, where there is one clock.
 */
export async function readClockDifference({ db, kind, present }: Database, clock: Clock): Promise<number> {
  if (kind === 'sqlite') return 0;
  const asked = clock.now();
  const { rows } = await sql<{ now: number }>`
    select ${present(asked)} as now`.execute(db);
  const answered = clock.now();
  return (rows[0]?.now ?? Number.NaN) - (asked + answered) / 2;
}

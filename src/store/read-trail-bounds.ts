import { sql } from 'kysely';
import type { AuditHead } from './audit-head.ts';
import { auditCheck } from './audit-check.ts';
import type { Database } from './database.ts';

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
      (select min(value) from settings where name = ${auditCheck}) as checked`.execute(db);
  const [row] = rows;
  const { heads = 0, number = null, hash = null } = row ?? {};
  return {
    head: heads !== 1 || number === null || hash === null ? undefined : { number: Number(number), hash },
    isEmpty: row?.filled !== 1,
    check: row?.checked ?? undefined,
  };
}

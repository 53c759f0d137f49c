import { sql } from 'kysely';
import type { Database } from './database.ts';
import { readTrailBounds } from './read-trail-bounds.ts';

/** How many rows are counted in one statement: none of them lasts long, however many rows there are. */
const counted = 200_000;

/** How many rows fewer there are than the head says; undefined where that cannot be said, as while a bot writes on. */
export async function countMissing(database: Pick<Database, 'db'>): Promise<number | undefined> {
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
      from (select number from audit_records ${condition} order by number limit ${counted}) as part`.execute(db);
    const part = answer.rows[0];
    rows += part?.rows ?? 0;
    const last = part?.last ?? undefined;
    if ((part?.rows ?? 0) < counted || last === undefined || last === after) return rows;
    after = last;
  }
}

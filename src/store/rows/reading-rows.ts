import { type Compilable, type Kysely, type RawBuilder, sql } from 'kysely';
import { storeTunables } from '../../base/index.ts';
import { inTrail } from '../audit-trail/append-records.ts';
import type { AuditWriter } from '../audit-trail/audit-writer.ts';
import { type Database, type Schema, withStoreErrors } from '../database/database.ts';
import type { RowGuard } from './row-guard.ts';

/** Reads with this database and this guard. */
export type FollowedRead = <Result>(work: (db: Kysely<Schema>, guard: RowGuard) => Promise<Result>) => Promise<Result>;

/**
 * Makes the function that reads rows beside all transactions. Another instance may have written a row a moment ago, and so may
 * somebody who forges a record for it. Where such a record vouches for a row, the same is read again in a transaction, which
 * verifies the trail first. So nothing is decided from a record that this process has not verified.
 */
export function createFollowedRead(database: Pick<Database, 'db' | 'kind'>, author: AuditWriter): FollowedRead {
  return (work) =>
    withStoreErrors(async () => {
      const guard = author.rows.beforeRead();
      const result = await work(database.db, guard);
      return guard.isAhead() ? inTrail(database, author, (trx) => work(trx, author.rows)) : result;
    });
}

/**
 * Finds at most so many of the oldest rows that may be removed. It goes on behind rows that may not, so that rows which somebody
 * has altered do not keep the others for ever. `read` gives the oldest rows behind that one, at most so many.
 */
export async function findRemovable<Row>(
  read: (after: Row | undefined, atMost: number) => Promise<readonly Row[]>,
  mayGo: (row: Row) => boolean,
  atMost: number,
): Promise<readonly Row[]> {
  const found: Row[] = [];
  let after: Row | undefined;
  for (let pages = 0; pages < storeTunables.maxRemovalPages && found.length < atMost; pages += 1) {
    const page = await read(after, atMost);
    found.push(...page.filter(mayGo));
    if (page.length < atMost) break;
    after = page.at(-1);
  }
  return found.slice(0, atMost);
}

/** Values of a query by their names. */
type Values = Readonly<Record<string, string | number>>;

/** Stands in a query where a value will stand. */
class Placeholder {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * Builds and compiles a query once, and runs it with other values each time. Building it takes longer than SQLite takes for the
 * answer, so this is for queries that every message asks. `value` stands for the value of that name. The query runs on the
 * database or transaction that it is given, and resolves to the rows.
 */
export function prepareQuery<Given extends Values, Row>(
  build: (value: <Name extends keyof Given & string>(name: Name) => RawBuilder<Given[Name]>) => Compilable<Row>,
): (on: Kysely<Schema>, given: Given) => Promise<readonly Row[]> {
  const compiled = build((name) => sql`${new Placeholder(name)}`).compile();
  return async (on, given) => {
    const parameters = compiled.parameters.map((parameter) =>
      parameter instanceof Placeholder ? given[parameter.name] : parameter,
    );
    const { rows } = await on.executeQuery<Row>({ ...compiled, parameters });
    return rows;
  };
}

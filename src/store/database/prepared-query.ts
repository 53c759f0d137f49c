import { type Compilable, type Kysely, type RawBuilder, sql } from 'kysely';
import type { Schema } from './database.ts';

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

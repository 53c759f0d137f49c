import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type DialectAdapter,
  type QueryResult,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';

/**
 * Lets Kysely speak to Node's own SQLite. Every transaction takes the write lock when it begins, so that it never fails
 * half-way because somebody else wrote. Closing Kysely closes the database.
 * https://nodejs.org/docs/latest-v24.x/api/sqlite.html
 */
export function createNodeSqliteDialect(database: DatabaseSync): Dialect {
  const connection = createConnection(database);
  return {
    createAdapter: () => adapter,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createDriver: () => ({
      init: () => Promise.resolve(),
      acquireConnection: () => Promise.resolve(connection),
      beginTransaction: async () => {
        database.exec('begin immediate');
      },
      commitTransaction: async () => {
        database.exec('commit');
      },
      rollbackTransaction: async () => {
        // A full disk has rolled back already, and rolling back twice is an error.
        if (database.isTransaction) database.exec('rollback');
      },
      releaseConnection: () => Promise.resolve(),
      destroy: async () => {
        if (database.isOpen) database.close();
      },
    }),
  };
}

const adapter: DialectAdapter = {
  supportsCreateIfNotExists: true,
  supportsMultipleConnections: false,
  supportsReturning: true,
  supportsTransactionalDdl: true,
  acquireMigrationLock: () => Promise.resolve(),
  releaseMigrationLock: () => Promise.resolve(),
};

type Prepared = { readonly statement: StatementSync; readonly givesRows: boolean };

function createConnection(database: DatabaseSync): DatabaseConnection {
  const prepared = new Map<string, Prepared>();
  const prepare = (text: string): Prepared => {
    const known = prepared.get(text);
    if (known !== undefined) return known;
    const statement = database.prepare(text);
    // Asked once: it makes an object for each column, which takes longer than most of the queries.
    const made = { statement, givesRows: statement.columns().length > 0 };
    prepared.set(text, made);
    return made;
  };
  return {
    async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
      const { statement, givesRows } = prepare(query.sql);
      const parameters = query.parameters.map(readParameter);
      if (givesRows) {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a row holds is known to the query, not to the driver
        return { rows: statement.all(...parameters) as Row[] };
      }
      const { changes } = statement.run(...parameters);
      return { rows: [], numAffectedRows: BigInt(changes) };
    },
    streamQuery() {
      throw new Error('rows are read all at once here');
    },
  };
}

function readParameter(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value;
  throw new Error(`a ${typeof value} cannot stand in a column`);
}

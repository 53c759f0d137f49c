import { type Compilable, type CompiledQuery, type Kysely, PostgresAdapter, type QueryResult } from 'kysely';
import { StoreError } from './store-error.ts';

/** Statements that do not wait for each other's answers. */
export type StatementBatch = {
  /**
   * Adds a statement behind those that are there. Returns the function that gives its answer once the batch was sent. `check`
   * is called with the answer, and may throw.
   */
  add<Row>(statement: Compilable<Row>, check?: (answer: QueryResult<Row>) => void): () => QueryResult<Row>;
  /** Those that were added and not yet sent, in their order. */
  takeAll(): readonly PendingStatement[];
};

type PendingStatement = {
  readonly compiled: CompiledQuery;
  readonly answered: (answer: QueryResult<never>) => void;
};

/** Creates an empty batch. */
export function createBatch(): StatementBatch {
  let pending: PendingStatement[] = [];
  return {
    add<Row>(statement: Compilable<Row>, check?: (answer: QueryResult<Row>) => void) {
      let given: QueryResult<Row> | undefined;
      pending.push({
        compiled: statement.compile(),
        answered(answer) {
          given = answer;
          check?.(answer);
        },
      });
      return () => {
        if (given === undefined) throw new Error('a statement was not sent before its answer was asked for');
        return given;
      };
    },
    takeAll() {
      const taken = pending;
      pending = [];
      return taken;
    },
  };
}

/**
 * Sends all statements at once on the one connection of a transaction, and resolves when each is answered and every check has
 * passed. PostgreSQL carries them out in their order, each after the one before, so it is one round trip and nothing else differs.
 * If one fails, the rest of the transaction fails with it; the first failure is thrown. On SQLite nothing is sent after a failure.
 * https://node-postgres.com/features/pipelining
 */
export async function sendTogether(
  on: Pick<Kysely<object>, 'getExecutor'>,
  ...batches: readonly StatementBatch[]
): Promise<void> {
  const statements = batches.flatMap((batch) => batch.takeAll());
  const answers = await on.getExecutor().provideConnection(async (connection) => {
    const send = ({ compiled }: PendingStatement) => connection.executeQuery<never>(compiled);
    if (on.getExecutor().adapter instanceof PostgresAdapter) return Promise.allSettled(statements.map(send));
    // A full disk makes SQLite roll back by itself. What came after would then stand in no transaction.
    const given: PromiseSettledResult<QueryResult<never>>[] = [];
    for (const statement of statements) given.push({ status: 'fulfilled', value: await send(statement) });
    return given;
  });
  for (const [index, answer] of answers.entries()) {
    if (answer.status === 'rejected') throw answer.reason;
    statements[index]?.answered(answer.value);
  }
}

/** A check of a write that has to change so many rows: otherwise it throws a `StoreError` of that code. */
export function requireAffected(
  rows: number,
  code: StoreError['code'],
): (answer: Pick<QueryResult<object>, 'numAffectedRows'>) => void {
  return ({ numAffectedRows }) => {
    if (numAffectedRows !== BigInt(rows)) throw new StoreError(code);
  };
}

import { type Compilable, CompiledQuery, type Kysely, PostgresAdapter, type QueryResult } from 'kysely';
import { readErrorCode } from '../../base/index.ts';
import { commitEarly } from './pipelined-client.ts';
import { StoreError } from './store-error.ts';

/** Statements that do not wait for each other's answers. */
export type StatementBatch = {
  /**
   * Adds a statement behind those that are there. Returns the function that gives its answer once the batch was sent. `check`
   * is called with the answer, and may throw. A write that has to change so many rows says so instead.
   */
  add<Row>(
    statement: Compilable<Row>,
    check?: ((answer: QueryResult<Row>) => void) | AffectedRows,
  ): () => QueryResult<Row>;
  /** Those that were added and not yet sent, in their order. */
  takeAll(): readonly PendingStatement[];
};

type PendingStatement = {
  readonly compiled: CompiledQuery;
  readonly affects: AffectedRows | undefined;
  readonly answered: (answer: QueryResult<never>) => void;
};

/** How many rows a write has to change; otherwise a `StoreError` of that code is thrown. */
type AffectedRows = { readonly rows: number; readonly code: StoreError['code'] };

/** Creates an empty batch. */
export function createBatch(): StatementBatch {
  let pending: PendingStatement[] = [];
  return {
    add<Row>(statement: Compilable<Row>, check?: ((answer: QueryResult<Row>) => void) | AffectedRows) {
      let given: QueryResult<Row> | undefined;
      const affects = typeof check === 'object' ? check : undefined;
      pending.push({
        compiled: statement.compile(),
        affects,
        answered(answer) {
          given = answer;
          if (typeof check === 'function') check(answer);
          if (affects !== undefined && answer.numAffectedRows !== BigInt(affects.rows))
            throw new StoreError(affects.code);
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

/**
 * Sends the last statements of a transaction, and on PostgreSQL the commit right behind them: one round trip less, in which everybody
 * else would wait for the lock. The server itself has to refuse then what is not as it should be, so a write that changes another number
 * of rows than it has to is made to fail there. After a failure PostgreSQL answers every commit with a rollback.
 */
export async function sendAndCommit(on: Pick<Kysely<object>, 'getExecutor'>, batch: StatementBatch): Promise<void> {
  if (!(on.getExecutor().adapter instanceof PostgresAdapter)) return sendTogether(on, batch);
  const statements = batch.takeAll();
  const answers = await on.getExecutor().provideConnection((connection) => {
    const last = [...statements.map(orFail), CompiledQuery.raw(commitEarly)];
    return Promise.allSettled(last.map((compiled) => connection.executeQuery<never>(compiled)));
  });
  for (const [index, answer] of answers.entries()) {
    if (answer.status === 'fulfilled') continue;
    const affects = statements[index]?.affects;
    const isMismatch = affects !== undefined && readErrorCode(answer.reason) === divisionByZero;
    throw isMismatch ? new StoreError(affects.code) : answer.reason;
  }
}

const divisionByZero = '22012';

/** The same statement, but one that fails where it changes another number of rows than it has to. */
function orFail({ compiled, affects }: PendingStatement): CompiledQuery {
  if (affects === undefined) return compiled;
  const sql = `with done as (${compiled.sql} returning 1) select 1 / (count(*) = ${affects.rows})::int as done from done`;
  return { ...compiled, sql };
}

/** For a write that has to change so many rows. */
export function requireAffected(rows: number, code: StoreError['code']): AffectedRows {
  return { rows, code };
}

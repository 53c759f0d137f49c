import { createHash } from 'node:crypto';
import { Duplex } from 'node:stream';
import type { ClientBase, QueryResult } from 'pg';
import { readProperty, storeTunables } from '../../base/index.ts';

/**
 * Makes the function that lets a connection do with fewer round trips, packets and parsing. It replaces `query` as Kysely calls
 * it; the statements and their order stay the same:
 * - `begin` is sent together with the reads behind it. They are answered once `begin` is answered, and fail if it fails. What
 *   is no read is not even sent before it is known that there is a transaction.
 * - `commitEarly` commits. The `commit` that Kysely sends after it is answered by the same answer, and anything else is refused.
 * - A statement is parsed once for each connection. One that selects all columns, whatever they are, is not kept: a newer
 *   version of Locksmith may add one meanwhile, and PostgreSQL would refuse the kept statement from then on.
 * - What is sent within one turn of the event loop goes out as one packet.
 *
 * https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY
 */
export function createPipelining(): (client: ClientBase) => void {
  const nameOf = createStatementNames();
  return (client) => {
    const gatherPackets = createPacketGatherer(client);
    const sendNow = client.query.bind(client);
    let beginning: Promise<QueryResult> | undefined;
    let committing: Promise<QueryResult> | undefined;

    const send = (text: string, values: readonly unknown[]): Promise<QueryResult> => {
      gatherPackets();
      const name = nameOf(text);
      return sendNow({ text, values: [...values], ...(name !== undefined && { name }) });
    };

    const query = async (text: string, values: readonly unknown[] = []): Promise<QueryResult> => {
      if (text === 'begin') {
        beginning = send(text, values);
        // Those who ask for the next answers hear of it.
        beginning.catch(() => undefined);
        return { command: 'BEGIN', rowCount: null, oid: 0, fields: [], rows: [] };
      }
      if (committing !== undefined) {
        const committed = committing;
        committing = undefined;
        if (text === 'commit') return committed;
        if (text !== 'rollback') throw new Error('a statement came after the commit of its transaction');
      }
      const begun = beginning;
      if (begun !== undefined && !text.startsWith('select ')) await begun;
      if (text === commitEarly) {
        committing = send('commit', values).then(requireCommitted);
        return committing;
      }
      const [answer] = await Promise.all([send(text, values), begun]);
      if (beginning === begun) beginning = undefined;
      return answer;
    };

    Object.assign(client, { query });
  };
}

/** A commit in other words, which is sent with the statements before it. Kysely goes on to commit as ever. */
export const commitEarly = 'commit work';

/** A transaction in which a statement has failed is answered with a rollback. */
function requireCommitted(answer: QueryResult): QueryResult {
  if (answer.command !== 'COMMIT') throw new Error('the transaction was rolled back');
  return answer;
}

const allColumns = /(?:^select |\.)\*/;

/** Makes the function that gives each statement the name by which a connection keeps it. Undefined for one that is not kept. */
function createStatementNames(): (text: string) => string | undefined {
  const names = new Map<string, string | undefined>();
  return (text) => {
    if (names.has(text) || names.size >= storeTunables.postgresKeptStatements) return names.get(text);
    const isKept = /^(?:select|insert|update|delete|with done) /.test(text) && !allColumns.test(text);
    const name = isKept ? `locksmith_${createHash('sha256').update(text).digest('hex').slice(0, 32)}` : undefined;
    names.set(text, name);
    return name;
  };
}

/**
 * Makes the function that holds packets back until the end of this turn. `pg` writes each statement by itself, and each wakes
 * the server. Its stream is no documented part of a client: without it packets go out one by one.
 */
function createPacketGatherer(client: ClientBase): () => void {
  let gathers = false;
  return () => {
    const stream = readProperty(readProperty(client, 'connection'), 'stream');
    if (gathers || !(stream instanceof Duplex)) return;
    gathers = true;
    stream.cork();
    process.nextTick(() => {
      gathers = false;
      stream.uncork();
    });
  };
}

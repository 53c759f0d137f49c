import { Client, type ClientConfig } from 'pg';
import { readErrorCode, readProperty, storeTunables } from '../../base/index.ts';
import { StoreError } from './store-error.ts';

/**
 * Makes sure that each connection is a session of its own: the limits of statements and the rights of a reader are set on
 * it once. A pooler in session mode keeps that; in transaction mode it hands a session from one client to the next, and
 * what one has set, another one meets. Throws `pooler-shares-sessions` then. Sets nothing itself.
 * See https://www.pgbouncer.org/features.html
 */
export async function requireOwnSessions(url: string): Promise<void> {
  await withClient(url, async (first) => {
    const backend = await readBackend(first);
    // A pooler makes this number up, so that a client can be told from another one's session.
    if (backend === readProperty(first, 'processID')) return;
    await withClient(url, async (second) => {
      for (let round = 0; round < rounds; round += 1) {
        const other = await beginAndRead(second);
        if (other === backend || (await readBackend(first)) !== backend) throw new StoreError('pooler-shares-sessions');
        await second.query('rollback');
      }
    });
  });
}

/** A pooler takes the session that was used last; one that takes turns may need a few rounds to show itself. */
const rounds = 3;

/** A transaction keeps its session, so the first client has to make do with another one, where it had none of its own. */
async function beginAndRead(client: Client): Promise<number> {
  try {
    await client.query('begin');
  } catch (error) {
    // In statement mode there are no transactions.
    if (readErrorCode(error) === '08P01') throw new StoreError('pooler-shares-sessions', '08P01');
    // The first client has the only session that there is.
    throw readErrorCode(error) === undefined ? new StoreError('too-many-connections') : error;
  }
  return readBackend(client);
}

async function readBackend(client: Client): Promise<number> {
  const { rows } = await client.query<{ readonly backend: number }>('select pg_backend_pid() as backend');
  return rows[0]?.backend ?? Number.NaN;
}

async function withClient(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const settings: ClientConfig = {
    connectionString: url,
    application_name: 'locksmith',
    connectionTimeoutMillis: storeTunables.postgresConnectTimeoutMilliseconds,
    query_timeout: storeTunables.postgresConnectTimeoutMilliseconds,
  };
  const client = new Client(settings);
  client.on('error', () => undefined);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

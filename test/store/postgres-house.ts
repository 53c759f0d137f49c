import { Client } from 'pg';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import type { Log } from '../../src/base/log.ts';
import { Secret } from '../../src/base/secret.ts';
import type { StoreRole } from '../../src/store/database/database.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { findNumberedNote, type House } from '../contract/reset-store/store-bench.ts';
import { auditKey } from '../support/audit-key.ts';
import { dropGuards } from '../support/drop-guards.ts';
import type { TestServer } from '../support/describe-on-postgres.ts';

/** An empty database of a server. */
export type PostgresHouse = House & {
  open(options?: {
    role?: StoreRole;
    instance?: string;
    parameters?: string;
    clock?: Clock;
    trailLog?: Log | undefined;
  }): Promise<Store>;
};

/** Makes a database on the server, empty or like another one; what is not removed the server takes along when it is stopped. */
export async function buildPostgresHouse(server: TestServer, like?: string): Promise<PostgresHouse> {
  const url = await server.createDatabase(like);
  const open: PostgresHouse['open'] = ({
    role = 'bot',
    instance = 'first',
    parameters = '',
    clock = systemClock,
    trailLog,
  } = {}) =>
    openStore({
      url: new Secret(url + parameters),
      clock,
      instance,
      auditKey,
      role,
      trailLog,
      findOwedNote: findNumberedNote,
    });
  const run = async (statement: string): Promise<void> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  return {
    url,
    open,
    openStore: (trailLog) => open({ trailLog }),
    run,
    tamper: (statement) => run(`${dropGuards.postgres} ${statement}`),
    remove: () => server.dropDatabase(url),
  };
}

import { createPretendGraph, type PretendGraph } from '../../src/sandbox/index.ts';
import { tenantOf } from '../../src/sandbox/graph/tenants-and-people.ts';
import { type Checkpoint, createCheckpoint } from '../support/create-checkpoint.ts';
import { freePort } from '../support/free-port.ts';
import type { PostgresServer } from '../support/postgres.ts';
import { buildCrashHouse, type CrashHouse } from './crash-house.ts';
import type { Bot } from './start-bot.ts';

/** A house whose bots ask Microsoft Graph, behind a checkpoint of its own, and whose next user is a synchronised one. */
export type GraphStreet = {
  readonly house: CrashHouse;
  readonly graph: PretendGraph;
  readonly toGraph: Checkpoint;
  /** The bots that live: one on SQLite, two on PostgreSQL. Whoever is missing is started. */
  bots(): Promise<readonly [Bot, ...Bot[]]>;
  /** A bot that lives after another one was killed: a new one on SQLite, the other one on PostgreSQL. */
  survivor(): Promise<Bot>;
  close(): Promise<void>;
};

/** Builds one on a SQLite file, or on a new database of that server. Every follow-up and the write-back are allowed. */
export async function buildGraphStreet(server?: PostgresServer): Promise<GraphStreet> {
  const port = await freePort();
  const toGraph = await createCheckpoint(`http://127.0.0.1:${port}`, () => undefined);
  const built = await buildCrashHouse(server, {
    graphUrl: toGraph.url,
    policy: { synchronisedUsers: 'writeback', followUps: { signOut: 'allow', accessPass: 'allow' } },
  });
  const users = synchronisedUsers(built);
  const graph = createPretendGraph({ ...built.partnerCenter, origin: toGraph.url });
  await graph.listen({ port });
  const house: CrashHouse = {
    ...built,
    nextUser() {
      const { value } = users.next();
      if (value === undefined) throw new Error('everybody was reset already');
      return value;
    },
  };
  const wanted = server === undefined ? 1 : 2;
  const living = () => house.bots.filter((bot) => !bot.isGone());
  return {
    house,
    graph,
    toGraph,
    async bots() {
      await Promise.all(Array.from({ length: wanted - living().length }, () => house.start()));
      const [first, ...others] = living();
      if (first === undefined) throw new Error('there is no bot');
      return [first, ...others];
    },
    survivor: async () => living()[0] ?? house.start(),
    async close() {
      await house.close();
      await toGraph.close();
      await graph.close();
    },
  };
}

/** Synchronised people without a role, of small customers that have consented and let passes be used. */
function* synchronisedUsers({ partnerCenter: { data } }: CrashHouse) {
  const customers = data.customers.filter((customer) => {
    const { isConsented, allowsPasses } = tenantOf(customer);
    return isConsented && allowsPasses && customer.userCount <= 500 && customer.knownUsers.length === 0;
  });
  for (let number = 0; number < 500; number += 1) {
    for (const customer of customers) {
      const [user] = data.users(customer.id)?.slice('active', undefined, number, 1) ?? [];
      const isWanted =
        user !== undefined &&
        user.lastDirectorySyncTime !== null &&
        user.userDomainType === 'managed' &&
        user.roles.length === 0 &&
        !user.userPrincipalName.includes('#EXT#');
      if (isWanted) yield { customer, user };
    }
  }
}

import { afterAll, beforeAll, describe } from '@jest/globals';
import { describeResetStore } from '../contract/reset-store.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../support/postgres.ts';
import { buildPostgresHouse, type PostgresHouse } from './postgres-house.ts';

const programs = findPostgres();
const [suite, name] =
  programs.kind === 'found'
    ? [describe, 'requests in PostgreSQL']
    : [describe.skip, `requests in PostgreSQL (skipped: ${programs.why})`];

suite(name, () => {
  let server: PostgresServer;
  /** A database with every table and nothing in it: copied for each test, which is faster than making the tables again. */
  let ready: string;
  /** The copy for the next test, made while the one before it runs. */
  let next: Promise<PostgresHouse>;
  beforeAll(async () => {
    server = await startPostgres(programs, { fsync: false });
    const house = await buildPostgresHouse(server);
    await (await house.open()).close();
    ready = house.url;
    next = buildPostgresHouse(server, ready);
  }, 60_000);
  afterAll(async () => {
    await next;
    await server.stop();
  });

  describeResetStore(async () => {
    const house = await next;
    next = buildPostgresHouse(server, ready);
    return house;
  });
});

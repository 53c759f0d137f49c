import { afterAll, beforeAll, describe } from '@jest/globals';
import { findPostgres, type PostgresServer, startPostgres } from './postgres.ts';

/** What tests ask of a server that does not end before they do. */
export type TestServer = Pick<PostgresServer, 'createDatabase' | 'dropDatabase'>;

/** Tests on a PostgreSQL server of their own. They are skipped where none is installed, and their name says so. */
export function describeOnPostgres(name: string, define: (server: TestServer) => void): void {
  const programs = findPostgres();
  const [suite, title] =
    programs.kind === 'found' ? [describe, name] : [describe.skip, `${name} (skipped: ${programs.why})`];
  suite(title, () => {
    let server: PostgresServer;
    beforeAll(async () => {
      server = await startPostgres(programs, { fsync: false });
    }, 60_000);
    afterAll(() => server.stop());
    define({
      createDatabase: (like) => server.createDatabase(like),
      dropDatabase: (url) => server.dropDatabase(url),
    });
  });
}

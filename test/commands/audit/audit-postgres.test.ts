import { afterAll, beforeAll, describe } from '@jest/globals';
import { findPostgres, startPostgres, type PostgresServer } from '../../support/postgres.ts';
import { buildPostgresAuditHouse } from './audit-house.ts';
import { describeAuditCommand } from './describe-audit-command.ts';

const programs = findPostgres();
const [suite, name] =
  programs.kind === 'found'
    ? [describe, 'npm run audit on PostgreSQL']
    : [describe.skip, `npm run audit on PostgreSQL (skipped: ${programs.why})`];

suite(name, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(programs, { fsync: false });
  }, 60_000);
  afterAll(() => server.stop());

  describeAuditCommand(() => buildPostgresAuditHouse(server));
});

import { afterAll, beforeAll, describe } from '@jest/globals';
import { findPostgres, startPostgres, type PostgresServer } from '../../support/postgres.ts';
import { buildPostgresAuditHouse } from './audit-house.ts';
import { describeAlteredTables, type Alteration } from './describe-altered-tables.ts';

const programs = findPostgres();
const [suite, name] =
  programs.kind === 'found'
    ? [describe, 'npm run audit on altered tables of PostgreSQL']
    : [describe.skip, `npm run audit on altered tables of PostgreSQL (skipped: ${programs.why})`];

const unguard = 'drop trigger audit_records_guard on audit_records;';
const unkey = 'alter table audit_records drop constraint audit_records_pkey;';
const forged =
  "number, at, 'hidden', actor, instance, request_id, correlation_id, operation_id, customer_id, user_id, state_before, state_after, facts, about, version, hash";

const alterations: readonly Alteration[] = [
  [
    'a copy of the last row',
    `${unkey} insert into audit_records select * from audit_records where number = 20`,
    /inserted that was never written: it stands as 20, beside the row/,
  ],
  [
    'a copy of another row',
    `${unkey} insert into audit_records select * from audit_records where number = 7`,
    /inserted that was never written: it stands as 7, beside the row/,
  ],
  [
    'a forged row beside another',
    `${unkey} insert into audit_records (number, at, kind, actor, instance, request_id, correlation_id, operation_id,
      customer_id, user_id, state_before, state_after, facts, about, version, hash)
      select ${forged} from audit_records where number = 7`,
    /inserted that was never written: it stands as 7, beside the row/,
  ],
  [
    'no hash',
    `${unguard} alter table audit_records alter column hash drop not null;
      update audit_records set hash = null where number = 7`,
    /Row 7 was altered: it holds another hash/,
  ],
];

suite(name, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(programs, { fsync: false });
  }, 60_000);
  afterAll(() => server.stop());

  describeAlteredTables(() => buildPostgresAuditHouse(server), alterations);
});

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
  [
    'a trigger',
    `create function mine() returns trigger language plpgsql as 'begin return new; end';
      create trigger mine before insert on audit_records for each row execute function mine()`,
    /There is a trigger on audit_records that Locksmith did not make: mine\.\nThe audit trail is whole/,
  ],
  [
    'a rule',
    'create rule mine as on insert to audit_records do also nothing',
    /There is a rule on audit_records that Locksmith did not make: mine/,
  ],
  ['row security', 'alter table audit_records enable row level security', /Row security was put on audit_records/],
  ['no guard', 'drop trigger audit_records_guard on audit_records', /The trigger audit_records_guard is gone/],
  [
    'a guard that is switched off',
    'alter table audit_records disable trigger audit_records_guard',
    /The trigger audit_records_guard is switched off/,
  ],
  [
    'a guard for replicas only',
    'alter table audit_records enable replica trigger audit_records_guard',
    /The trigger audit_records_guard is switched off/,
  ],
  [
    'a guard that guards nothing',
    `create or replace function audit_records_are_append_only() returns trigger language plpgsql as 'begin return null; end'`,
    /The trigger audit_records_guard is another one/,
  ],
  [
    'a guard that guards less',
    `drop trigger audit_records_guard on audit_records; create trigger audit_records_guard before delete on audit_records
      for each statement execute function audit_records_are_append_only()`,
    /The trigger audit_records_guard is another one/,
  ],
  [
    'a view in place of the records',
    'alter table audit_records rename to hidden_records; create view audit_records as select * from hidden_records',
    /audit_records is not a table any more.*\nSo no record was checked/,
  ],
  [
    'a table without its key',
    unkey,
    /The table audit_records has not its primary key any more.*\nThe audit trail is whole/,
  ],
  ...['text', 'numeric'].map((type): Alteration => [
    `a number of the type ${type}`,
    `alter table audit_records alter column number type ${type}`,
    new RegExp(`The column number of audit_records is of the type "${type}" instead of bigint\\..*\\nSo no record`),
  ]),
  [
    'an instant of another type',
    'alter table audit_records alter column at type timestamptz using to_timestamp(at / 1000.0)',
    /The column at of audit_records is of the type "timestamp with time zone" instead of bigint/,
  ],
  [
    'facts of another type',
    'alter table audit_records alter column facts type jsonb using facts::jsonb',
    /The column facts of audit_records is of the type "jsonb" instead of text/,
  ],
  ['no head at all', 'drop table audit_head', /The table audit_head is not there\./],
  ['no column', 'alter table audit_records drop column facts', /The table audit_records has no column facts\./],
  [
    'two heads',
    `alter table audit_head disable trigger user; alter table audit_head drop constraint audit_head_pkey;
      insert into audit_head select * from audit_head`,
    /The table audit_head has not its primary key.*\nThe audit trail is NOT as it was written\. The head of the trail was altered/,
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

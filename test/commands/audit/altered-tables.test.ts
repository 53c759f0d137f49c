import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/base/secret.ts';
import { openTrail } from '../../../src/store/audit-trail/open-trail.ts';
import { auditKey } from '../../support/audit-key.ts';
import { fillTrail } from '../../support/fill-trail.ts';
import { describeOnPostgres } from '../../support/describe-on-postgres.ts';
import { type AuditHouse, buildPostgresAuditHouse, buildSqliteAuditHouse, runCommand } from './audit-house.ts';

/** What was done to the tables of a trail of 20 records, and what `verify` says of it. */
type Alteration = readonly [what: string, statements: string, says: RegExp];

/** What the command says of tables that are not as the migrations make them, each in a database of its own. */
function describeAlteredTables(build: () => Promise<AuditHouse>, alterations: readonly Alteration[]): void {
  describe('verify', () => {
    let house: AuditHouse;

    beforeEach(async () => {
      house = await build();
      await (await house.open()).close();
      await fillTrail(house.url, 20);
    });

    afterEach(() => house.remove());

    it('finds nothing wrong with the tables as the migrations make them', async () => {
      const trail = await openTrail(new Secret(house.url));
      await expect(trail.tables()).resolves.toStrictEqual({ faults: [], isReadable: true });
      await trail.close();
    });

    it.each(alterations)('names what is wrong with the tables: %s', async (_what, statements, says) => {
      await house.run(statements);
      const environment = { DATABASE_URL: house.url, AUDIT_KEY: auditKey.reveal((key) => key) };
      const ran = await runCommand(['verify'], environment);
      expect(ran).toMatchObject({ status: 1, output: expect.stringMatching(says), errors: '' });
    });
  });
}

const unguardSqlite = 'drop trigger audit_records_no_update; drop trigger audit_records_no_delete;';
const columns =
  'number, at, kind, actor, instance, request_id, correlation_id, operation_id, customer_id, user_id, state_before, state_after, facts, about, version, hash, row_key, row_mac, frozen';
/** The table again with the same rows, and without its key: whoever may write to the file can do that. */
const unkeySqlite = `create table copy as select ${columns} from audit_records; drop table audit_records;
  alter table copy rename to audit_records;`;
const forgedSqlite = columns.replace('kind', "'hidden'");

const sqliteAlterations: readonly Alteration[] = [
  [
    'all numbers as blobs',
    `${unguardSqlite} update audit_records set number = cast(number as blob)`,
    /Row 1 was altered/,
  ],
  [
    'one number as a blob',
    `${unguardSqlite} update audit_records set number = cast(number as blob) where number = 7`,
    /Row 7 was altered: it has another number/,
  ],
  [
    'a row whose number is a text',
    `insert into audit_records select '21x', ${columns.replace('number, ', '')} from audit_records where number = 7`,
    /inserted that was never written: it stands as '21x', where row 21 belongs/,
  ],
  [
    'an instant as a blob',
    `${unguardSqlite} update audit_records set at = cast(at as blob) where number = 7`,
    /Row 7 was altered/,
  ],
  [
    'no hash',
    `${unkeySqlite} update audit_records set hash = null where number = 7`,
    /Row 7 was altered: it holds another hash/,
  ],
  [
    'a hash as a blob',
    `${unguardSqlite} update audit_records set hash = cast(hash as blob) where number = 7`,
    /Row 7 was altered: it holds another hash/,
  ],
  [
    'a copy of the last row',
    `${unkeySqlite} insert into audit_records select * from audit_records where number = 20`,
    /inserted that was never written: it stands as 20, beside the row/,
  ],
  [
    'a copy of another row',
    `${unkeySqlite} insert into audit_records select * from audit_records where number = 7`,
    /inserted that was never written: it stands as 7, beside the row/,
  ],
  [
    'a forged row beside another',
    `${unkeySqlite} insert into audit_records select ${forgedSqlite} from audit_records where number = 7`,
    /inserted that was never written: it stands as 7, beside the row/,
  ],
  [
    'a trigger',
    'create trigger mine before insert on audit_records begin select 1; end',
    /There is a trigger on audit_records that Locksmith did not make: mine\.\nThe audit trail is whole/,
  ],
  [
    'a trigger on the head',
    'create trigger "a\u001b b" after update on AUDIT_HEAD begin select 1; end',
    /did not make: a\? b\./,
  ],
  ['no guard', 'drop trigger audit_records_no_update', /The trigger audit_records_no_update is gone/],
  [
    'a guard that guards nothing',
    'drop trigger audit_records_no_update; create trigger audit_records_no_update before update on audit_records begin select 1; end',
    /The trigger audit_records_no_update is another one/,
  ],
  [
    'a view in place of the records',
    `alter table audit_records rename to hidden_records; create view audit_records as select * from hidden_records`,
    /audit_records is not a table any more.*\nSo no record was checked/,
  ],
  ['a table without its key', unkeySqlite, /The table audit_records has not its primary key any more/],
  [
    'a number of another type',
    unkeySqlite,
    /The column number of audit_records is of the type "int" instead of bigint/,
  ],
  ['no head at all', 'drop table audit_head', /The table audit_head is not there\..*\nSo no record was checked/],
  ['no settings', 'drop table settings', /The table settings is not there\./],
  [
    'no column',
    `${unguardSqlite} alter table audit_records drop column facts`,
    /The table audit_records has no column facts\..*\nSo no record was checked/,
  ],
  [
    'two heads',
    `create table two as select * from audit_head; insert into two select * from audit_head; drop table audit_head;
      alter table two rename to audit_head`,
    /The table audit_head has not its primary key.*\nThe audit trail is NOT as it was written\. The head of the trail was altered/,
  ],
];

describe('npm run audit on altered tables of SQLite', () => {
  describeAlteredTables(() => Promise.resolve(buildSqliteAuditHouse()), sqliteAlterations);
});

const unguardPostgres = 'drop trigger audit_records_guard on audit_records;';
const unkeyPostgres = 'alter table audit_records drop constraint audit_records_pkey;';
const forgedPostgres =
  "number, at, 'hidden', actor, instance, request_id, correlation_id, operation_id, customer_id, user_id, state_before, state_after, facts, about, version, hash";

const postgresAlterations: readonly Alteration[] = [
  [
    'a copy of the last row',
    `${unkeyPostgres} insert into audit_records select * from audit_records where number = 20`,
    /inserted that was never written: it stands as 20, beside the row/,
  ],
  [
    'a copy of another row',
    `${unkeyPostgres} insert into audit_records select * from audit_records where number = 7`,
    /inserted that was never written: it stands as 7, beside the row/,
  ],
  [
    'a forged row beside another',
    `${unkeyPostgres} insert into audit_records (number, at, kind, actor, instance, request_id, correlation_id, operation_id,
      customer_id, user_id, state_before, state_after, facts, about, version, hash)
      select ${forgedPostgres} from audit_records where number = 7`,
    /inserted that was never written: it stands as 7, beside the row/,
  ],
  [
    'no hash',
    `${unguardPostgres} alter table audit_records alter column hash drop not null;
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
    unkeyPostgres,
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

describeOnPostgres('npm run audit on altered tables of PostgreSQL', (server) => {
  describeAlteredTables(() => buildPostgresAuditHouse(server), postgresAlterations);
});

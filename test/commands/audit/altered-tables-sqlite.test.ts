import { describe } from '@jest/globals';
import { buildSqliteAuditHouse } from './audit-house.ts';
import { describeAlteredTables, type Alteration } from './describe-altered-tables.ts';

const unguard = 'drop trigger audit_records_no_update; drop trigger audit_records_no_delete;';
const columns =
  'number, at, kind, actor, instance, request_id, correlation_id, operation_id, customer_id, user_id, state_before, state_after, facts, about, version, hash';
/** The table again with the same rows, and without its key: whoever may write to the file can do that. */
const unkey = `create table copy as select ${columns} from audit_records; drop table audit_records;
  alter table copy rename to audit_records;`;
const forged = columns.replace('kind', "'hidden'");

const alterations: readonly Alteration[] = [
  ['all numbers as blobs', `${unguard} update audit_records set number = cast(number as blob)`, /Row 1 was altered/],
  [
    'one number as a blob',
    `${unguard} update audit_records set number = cast(number as blob) where number = 7`,
    /Row 7 was altered: it has another number/,
  ],
  [
    'a row whose number is a text',
    `insert into audit_records select '21x', ${columns.replace('number, ', '')} from audit_records where number = 7`,
    /inserted that was never written: it stands as '21x', where row 21 belongs/,
  ],
  [
    'an instant as a blob',
    `${unguard} update audit_records set at = cast(at as blob) where number = 7`,
    /Row 7 was altered/,
  ],
  [
    'no hash',
    `${unkey} update audit_records set hash = null where number = 7`,
    /Row 7 was altered: it holds another hash/,
  ],
  [
    'a hash as a blob',
    `${unguard} update audit_records set hash = cast(hash as blob) where number = 7`,
    /Row 7 was altered: it holds another hash/,
  ],
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
    `${unkey} insert into audit_records select ${forged} from audit_records where number = 7`,
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
  ['a table without its key', unkey, /The table audit_records has not its primary key any more/],
  ['a number of another type', unkey, /The column number of audit_records is of the type "int" instead of bigint/],
  ['no head at all', 'drop table audit_head', /The table audit_head is not there\..*\nSo no record was checked/],
  ['no settings', 'drop table settings', /The table settings is not there\./],
  [
    'no column',
    `${unguard} alter table audit_records drop column facts`,
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
  describeAlteredTables(() => Promise.resolve(buildSqliteAuditHouse()), alterations);
});

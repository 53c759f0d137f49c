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
];

describe('npm run audit on altered tables of SQLite', () => {
  describeAlteredTables(() => Promise.resolve(buildSqliteAuditHouse()), alterations);
});

import { describe, expect, it } from '@jest/globals';
import type { StoreBench } from './store-bench.ts';

const columns = '(number, at, kind, actor, instance, facts)';
const another = "0, 'hidden', 'intruder', 'x', '{}'";

const both: readonly string[] = [
  "update audit_records set actor = 'intruder'",
  'delete from audit_records',
  `insert into audit_records ${columns} values (1, ${another})`,
  `insert into audit_records ${columns} values (1, ${another}) on conflict (number) do update set actor = 'intruder'`,
  'delete from audit_head',
  "insert into audit_head (id, number, hash) values (2, 9, '')",
  "insert into audit_head (id, number, hash) values (1, 9, '') on conflict (id) do update set number = 9",
];

const only = {
  sqlite: [
    `replace into audit_records ${columns} values (1, ${another})`,
    `insert or ignore into audit_records ${columns} values (1, ${another})`,
    `replace into audit_records (rowid, number, at, kind, actor, instance, facts) values (1, 99, ${another})`,
    'update or replace audit_records set number = 1 where number = 2',
    "replace into audit_head (id, number, hash) values (1, 9, '')",
  ],
  postgres: ['truncate audit_records', 'truncate audit_head', 'truncate audit_head, audit_records'],
} as const;

/** What every database refuses by itself, to those too who have its password and do not think of its triggers. */
export function describeGuards(bench: StoreBench): void {
  describe('what the database itself refuses to do to the trail', () => {
    it('is to change, replace or remove a record, and to add or remove a head', async () => {
      await bench.store().resets.record(bench.entry('question-refused'), undefined);
      await bench.store().resets.record(bench.entry('click-refused'), undefined);
      const trail = await bench.readTrail();
      const head = await bench.store().auditHead();
      for (const statement of [...both, ...only[bench.store().kind]]) {
        await expect(bench.house().run(statement)).rejects.toThrow(/append-only|only moved|duplicate key/);
      }
      expect(await bench.readTrail()).toStrictEqual(trail);
      expect(await bench.store().auditHead()).toStrictEqual(head);
      await bench.store().resets.record(bench.entry('question-refused'), undefined);
      expect(await bench.readTrail()).toHaveLength(3);
    });
  });
}

import { describe, expect, it } from '@jest/globals';
import { readErrorCode } from '../../../src/base/errors.ts';
import { buildNumberedRequest } from '../../support/build-numbered-request.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { retarget } from '../../support/retarget.ts';
import type { StoreBench } from './store-bench.ts';

/** What is done to the database by somebody who has its password: before, on or after a statement on a table. */
type Hand = {
  readonly when: 'before' | 'after';
  readonly statement: 'insert' | 'update';
  readonly table: 'audit_records' | 'audit_head';
  /** What is done for each row: `swallow` makes the statement do nothing with it. */
  readonly does: string;
  /** The rows it is done for. */
  readonly only?: string;
};

/** A trigger in the words of either database. */
function lay(kind: 'sqlite' | 'postgres', { when, statement, table, does, only = '1 = 1' }: Hand): string {
  if (kind === 'sqlite') {
    const act = does === 'swallow' ? 'select raise(ignore)' : does;
    return `create trigger trap ${when} ${statement} on ${table} when ${only} begin ${act}; end`;
  }
  const act = does === 'swallow' ? 'return null' : `${does}; return new`;
  return `create function trap() returns trigger language plpgsql as $$ begin ${act}; end $$;
    create trigger trap ${when} ${statement} on ${table} for each row when (${only}) execute function trap()`;
}

const traps: readonly (readonly [what: string, hand: Hand])[] = [
  ['swallows every record', { when: 'before', statement: 'insert', table: 'audit_records', does: 'swallow' }],
  [
    'swallows one record of two',
    {
      when: 'before',
      statement: 'insert',
      table: 'audit_records',
      does: 'swallow',
      only: "new.kind = 'expired'",
    },
  ],
  [
    'deletes a record as soon as it is written',
    {
      when: 'after',
      statement: 'insert',
      table: 'audit_records',
      does: 'delete from audit_records where number = new.number',
    },
  ],
  [
    'writes another hash over a record as soon as it is written',
    {
      when: 'after',
      statement: 'insert',
      table: 'audit_records',
      does: "update audit_records set hash = 'x' where number = new.number",
    },
  ],
  ['keeps the head where it is', { when: 'before', statement: 'update', table: 'audit_head', does: 'swallow' }],
];

const wrongEnds: readonly (readonly [what: string, statement: string])[] = [
  ['another hash in the head', `update audit_head set hash = '${'a'.repeat(64)}'`],
  ['something that is no hash in the head', "update audit_head set hash = 'x'"],
  ['no hash in the head', "update audit_head set hash = ''"],
  ['a head that was moved up', 'update audit_head set number = number + 1'],
  ['a head that was moved far up', 'update audit_head set number = 9223372036854775807'],
  ['a head that was set back', 'update audit_head set number = number - 1'],
  ['a head that was set back to nothing', "update audit_head set number = 0, hash = ''"],
  ['no head', 'delete from audit_head'],
  ['the last record deleted', 'delete from audit_records where number = (select number from audit_head)'],
  ['every record deleted', 'delete from audit_records'],
  [
    'another hash in the last record',
    "update audit_records set hash = 'x' where number = (select number from audit_head)",
  ],
  [
    'a record more',
    `insert into audit_records (number, at, kind, actor, instance, facts)
      select number + 1, 0, 'hidden', 'intruder', 'x', '{}' from audit_head`,
  ],
  [
    'a record with a number that is none of ours',
    `insert into audit_records (number, at, kind, actor, instance, facts)
      values (9223372036854775807, 0, 'hidden', 'intruder', 'x', '{}')`,
  ],
];

const wrongBeginnings: readonly (readonly [what: string, statement: string])[] = [
  [
    'a record before the first',
    `insert into audit_records (number, at, kind, actor, instance, facts)
      values (1, 0, 'hidden', 'intruder', 'x', '{}')`,
  ],
  ['a hash in the head', `update audit_head set hash = '${'a'.repeat(64)}'`],
  ['a number in the head', 'update audit_head set number = 1'],
];

/** How every store stays away from a trail that does not keep what it is given, or has not the end that it had. */
export function describeBrokenTrail(bench: StoreBench): void {
  describe('a trail that somebody else has a hand in', () => {
    it.each(traps)('is not written, and nothing is done, where the database %s', async (_what, hand) => {
      const request = await bench.add(buildResetRequest());
      const trail = await bench.readTrail();
      await bench.house().tamper(lay(bench.store().kind, hand));
      // The same person for the same user: the proposal before is expired by it, which makes two records.
      const again = buildNumberedRequest(2);
      await expect(bench.store().resets.add(again, bench.entry('proposed'))).rejects.toMatchObject({
        name: 'StoreError',
        code: 'audit-not-kept',
      });
      await expect(bench.store().resets.find(again.id)).resolves.toBeUndefined();
      await expect(bench.store().resets.find(request.id)).resolves.toStrictEqual(request);
      expect(await bench.readTrail()).toStrictEqual(trail);
    });

    it.each(wrongEnds)('is not written on from a wrong end: %s', async (_what, statement) => {
      const request = await bench.add(buildResetRequest());
      await bench.add(buildNumberedRequest(2, { target: retarget(request, 'user-2') }));
      await bench.house().tamper(statement);
      await expect(bench.step(request, { state: 'approved' })).rejects.toMatchObject({
        name: 'StoreError',
        code: 'audit-end-altered',
      });
      // Without its record, the row itself is none of ours any more.
      const found = await bench.store().resets.find(request.id).catch(readErrorCode);
      expect([request, 'row-altered']).toContainEqual(found);
    });

    it.each(wrongBeginnings)('is not begun with %s', async (_what, statement) => {
      await bench.house().tamper(statement);
      const request = buildResetRequest();
      await expect(bench.store().resets.add(request, bench.entry('proposed'))).rejects.toMatchObject({
        name: 'StoreError',
        code: 'audit-end-altered',
      });
      await expect(bench.store().resets.find(request.id)).resolves.toBeUndefined();
    });
  });
}

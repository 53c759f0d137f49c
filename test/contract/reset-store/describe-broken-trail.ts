import { describe, expect, it } from '@jest/globals';
import { buildNumberedRequest } from '../../support/build-numbered-request.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
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

/** How every store stays away from a trail that does not keep what it is given. */
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
  });
}

import { describe, expect, it } from '@jest/globals';
import type { LogEvent } from '../../../src/log.ts';
import type { StoreBench } from './store-bench.ts';

const removeBeginning = "delete from settings where name = 'audit-check'";

/** Where every store lets a chain begin, and how it is opened on a trail that somebody has changed. */
export function describeBeginning(bench: StoreBench): void {
  describe('the beginning of the chain', () => {
    const refusesToOpen = (code: string) =>
      expect(bench.house().openStore()).rejects.toMatchObject({ name: 'StoreError', code });
    const record = () => bench.store().resets.record(bench.entry('question-refused'), undefined);

    it('is not signed a second time where something has been recorded', async () => {
      await record();
      await bench.store().close();
      await bench.house().tamper(`create table kept as select * from settings; ${removeBeginning}`);
      await refusesToOpen('audit-beginning-missing');
      await refusesToOpen('audit-beginning-missing');
      await bench.house().tamper('insert into settings select * from kept');
      await bench.reopen();
      await record();
    });

    it('is not signed for records that somebody has written anew', async () => {
      await record();
      await bench.store().close();
      const hash = 'a'.repeat(64);
      await bench.house().tamper(`${removeBeginning};
        update audit_records set actor = 'somebody', hash = '${hash}'; update audit_head set hash = '${hash}'`);
      await refusesToOpen('audit-beginning-missing');
      await bench.house().tamper(`update audit_records set hash = ''; update audit_head set hash = ''`);
      await refusesToOpen('audit-beginning-missing');
      await bench.house().tamper('update audit_head set number = 0');
      await refusesToOpen('audit-end-altered');
    });

    it('is signed, and told to the log, where nothing has been recorded', async () => {
      await bench.store().close();
      await bench.house().tamper(removeBeginning);
      const lines: LogEvent[] = [];
      const open = () => bench.house().openStore((line) => lines.push(line));
      await (await open()).close();
      expect(lines).toStrictEqual([
        {
          level: 'info',
          event: 'audit-chain-begun',
          after: 0,
          check: expect.stringMatching(/^0:[0-9a-f]{64}$/),
        },
      ]);
      await (await open()).close();
      expect(lines).toHaveLength(1);
    });

    it.each([
      ['its head was altered', "update audit_head set hash = 'x'"],
      ['its head is gone', 'delete from audit_head'],
      ['its last record is gone', 'delete from audit_records'],
    ])('lets nobody start where the trail was begun and %s', async (_what, statement) => {
      await record();
      await bench.store().close();
      await bench.house().tamper(statement);
      await refusesToOpen('audit-end-altered');
    });
  });
}

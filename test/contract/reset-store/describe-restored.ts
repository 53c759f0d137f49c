import { describe, expect, it } from '@jest/globals';
import type { LogEvent } from '../../../src/log.ts';
import type { StoreBench } from './store-bench.ts';

/** What every store writes down of having been restored. */
export function describeRestored(bench: StoreBench): void {
  describe('a store that was restored', () => {
    const mark = async (value: string): Promise<void> => {
      await bench.store().close();
      await bench.house().run(`delete from settings where name = 'restored-from';
        insert into settings (name, value) values ('restored-from', '${value}')`);
    };
    const written = async () => (await bench.readTrail()).map(({ kind, actor, facts }) => [kind, actor, facts]);
    const proposed = ['question-refused', 'robin', {}];
    const restored = (from: number | null) => ['restored', 'locksmith', { from }];

    it('says so in its trail once for each time, and in the log', async () => {
      await bench.store().resets.record(bench.entry('question-refused'), undefined);
      await mark('1782900000000');
      const lines: LogEvent[] = [];
      await (await bench.house().openStore((line) => lines.push(line))).close();
      expect(lines).toStrictEqual([{ level: 'warn', event: 'restored-from-backup', from: 1_782_900_000_000 }]);
      await bench.reopen();
      expect(await written()).toStrictEqual([proposed, restored(1_782_900_000_000)]);
      await mark('1782900000001');
      await bench.reopen();
      expect(await written()).toStrictEqual([proposed, restored(1_782_900_000_000), restored(1_782_900_000_001)]);
    });

    it('says so too where it does not say from when', async () => {
      await mark('yesterday');
      await bench.reopen();
      expect(await written()).toStrictEqual([restored(null)]);
    });

    it('does not take it for written where the trail did not keep it', async () => {
      await bench.store().resets.record(bench.entry('question-refused'), undefined);
      await mark('1782900000000');
      await bench.house().run('create table kept as select * from audit_head');
      await bench.house().tamper("update audit_head set hash = 'x'");
      await expect(bench.house().openStore()).rejects.toMatchObject({ code: 'audit-end-altered' });
      await bench.house().tamper('update audit_head set hash = (select hash from kept)');
      await bench.reopen();
      expect(await written()).toStrictEqual([proposed, restored(1_782_900_000_000)]);
    });

    it('says so once where several bots start on it', async () => {
      if (bench.store().kind === 'sqlite') return;
      await mark('1782900000000');
      const stores = await Promise.all([1, 2, 3].map(() => bench.house().openStore()));
      await Promise.all(stores.map((store) => store.close()));
      await bench.reopen();
      expect(await written()).toStrictEqual([restored(1_782_900_000_000)]);
    });
  });
}

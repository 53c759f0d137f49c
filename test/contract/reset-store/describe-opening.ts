import { describe, expect, it } from '@jest/globals';
import type { LogEvent } from '../../../src/base/log.ts';
import { buildFullResetRequest } from '../../support/build-full-reset-request.ts';
import type { StoreBench } from './store-bench.ts';

/** How every store is opened. */
export function describeOpening(bench: StoreBench): void {
  describe('opening', () => {
    it('finds everything again that was there', async () => {
      const request = await bench.add(buildFullResetRequest());
      await bench.store().close();
      expect(bench.store().isOpen()).toBe(false);
      await bench.reopen();
      expect(bench.store().isOpen()).toBe(true);
      expect((await bench.store().resets.find(request.id))?.tries).toStrictEqual(request.tries);
      const steps = (await bench.readTrail()).filter(({ kind }) => kind !== 'lease-ended');
      expect(steps).toHaveLength(1);
      await bench.store().ping();
    });

    it('refuses tables that a newer program has changed', async () => {
      await bench.store().close();
      await bench.house().tamper(`insert into kysely_migration (name, timestamp) values ('9999-from-the-future', 'x')`);
      await expect(bench.house().openStore()).rejects.toMatchObject({ name: 'StoreError', code: 'schema-newer' });
    });

    it('refuses tables of which nobody knows how they came to be', async () => {
      await bench.store().close();
      await bench.house().tamper(`delete from kysely_migration where name like '0004%'`);
      await expect(bench.house().openStore()).rejects.toMatchObject({ name: 'StoreError', code: 'schema-gap' });
    });
  });
}

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

    it.each([
      ['taken away', "delete from settings where name like 'restored-%'"],
      ['set back', "update settings set value = '5' where name = 'restored-from'"],
    ])('knows it from its trail where what says so was %s', async (_what, statement) => {
      await mark('1782900000000');
      await bench.reopen();
      expect(await bench.store().restoredFrom()).toBe(1_782_900_000_000);
      await bench.house().run(statement);
      expect(await bench.store().restoredFrom()).toBe(1_782_900_000_000);
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

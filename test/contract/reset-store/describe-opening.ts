import { describe, expect, it } from '@jest/globals';
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
      expect(await bench.readTrail()).toHaveLength(1);
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

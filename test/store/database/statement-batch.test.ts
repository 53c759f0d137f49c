import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Database } from '../../../src/store/database/database.ts';
import { createBatch, requireAffected, sendTogether } from '../../../src/store/database/statement-batch.ts';
import type { HoldingProxy } from '../../support/holding-proxy.ts';
import { openProxiedDatabase } from '../../support/proxied-database.ts';
import { describeOnPostgres } from '../../support/describe-on-postgres.ts';

describeOnPostgres('a batch of statements', (server) => {
  let proxy: HoldingProxy;
  let database: Database;

  beforeEach(async () => {
    ({ database, proxy } = await openProxiedDatabase(server));
  });

  afterEach(async () => {
    await database.close();
    proxy.close();
  });

  const settings = async () => database.db.selectFrom('settings').selectAll().orderBy('name').execute();
  const insert = (setting: string) => database.db.insertInto('settings').values({ name: setting, value: 'new' });

  it('is sent whole before the first answer comes, and each statement gets its own answer', async () => {
    await database.db.transaction().execute(async (trx) => {
      const batch = createBatch();
      const [one, two, three] = [1, 2, 3].map((number) =>
        batch.add(trx.selectNoFrom((eb) => eb.lit(number).as(`answer_${number}`))),
      );
      proxy.holdAnswersUntil('answer_3');
      await sendTogether(trx, batch);
      expect([one?.().rows, two?.().rows, three?.().rows]).toEqual([
        [{ answer_1: 1 }],
        [{ answer_2: 2 }],
        [{ answer_3: 3 }],
      ]);
    });
  });

  it('throws what failed first, and nothing of it remains', async () => {
    const batch = createBatch();
    for (const setting of ['one', 'one', 'two']) batch.add(insert(setting));
    const work = database.db.transaction().execute((trx) => sendTogether(trx, batch));
    // A duplicate key, not the transaction that is aborted by it.
    await expect(work).rejects.toMatchObject({ code: '23505' });
    expect(await settings()).toEqual([]);
  });

  it('throws where a write has changed another number of rows than it had to', async () => {
    const batch = createBatch();
    batch.add(insert('one'));
    const missing = database.db.updateTable('settings').set({ value: 'x' }).where('name', '=', 'nobody');
    batch.add(missing, requireAffected(1, 'audit-not-kept'));
    const work = database.db.transaction().execute((trx) => sendTogether(trx, batch));
    await expect(work).rejects.toMatchObject({ code: 'audit-not-kept' });
    expect(await settings()).toEqual([]);
  });

  it('does not give the answer to a statement that was not sent', () => {
    const answer = createBatch().add(insert('one'));
    expect(answer).toThrow('not sent');
  });
});

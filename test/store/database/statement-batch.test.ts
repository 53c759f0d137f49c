import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Database } from '../../../src/store/database/database.ts';
import {
  createBatch,
  requireAffected,
  sendAndCommit,
  sendTogether,
} from '../../../src/store/database/statement-batch.ts';
import type { HoldingProxy } from '../../support/holding-proxy.ts';
import { openProxiedDatabase } from '../../support/proxied-database.ts';
import { readErrorCode } from '../../../src/base/errors.ts';
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

  it('is committed with its last statement, in one round trip', async () => {
    const batch = createBatch();
    batch.add(insert('one'), requireAffected(1, 'unexpected'));
    batch.add(insert('two'));
    await database.db.transaction().execute(async (trx) => {
      await trx.selectNoFrom((eb) => eb.lit(1).as('begun')).execute();
      proxy.holdAnswersUntil('commit');
      await sendAndCommit(trx, batch);
    });
    expect(await settings()).toEqual([
      { name: 'one', value: 'new' },
      { name: 'two', value: 'new' },
    ]);
  });

  it('is not committed where a statement fails, or changes another number of rows than it has to', async () => {
    const missing = () => database.db.updateTable('settings').set({ value: 'x' }).where('name', '=', 'nobody');
    const everything = () => database.db.updateTable('settings').set({ value: 'x' });
    const add = {
      'a write fails': (batch) => batch.add(insert('one')),
      'a write finds no row': (batch) => batch.add(missing(), requireAffected(1, 'audit-not-kept')),
      'a write finds too many': (batch) => batch.add(everything(), requireAffected(1, 'audit-not-kept')),
    } satisfies Record<string, (batch: ReturnType<typeof createBatch>) => unknown>;
    const failed: unknown[] = [];
    for (const addWrong of Object.values(add)) {
      const batch = createBatch();
      for (const setting of ['one', 'two']) batch.add(insert(setting), requireAffected(1, 'unexpected'));
      addWrong(batch);
      batch.add(insert('three'), requireAffected(1, 'unexpected'));
      const work = database.db.transaction().execute((trx) => sendAndCommit(trx, batch));
      await work.catch((error: unknown) => failed.push(readErrorCode(error)));
      expect(await settings()).toEqual([]);
    }
    expect(failed).toEqual(['23505', 'audit-not-kept', 'audit-not-kept']);
    // The connection goes on as ever.
    await database.db.transaction().execute((trx) => insertIn(trx));
    expect(await settings()).toHaveLength(1);
  });
  const insertIn = (db: Database['db']) => db.insertInto('settings').values({ name: 'later', value: 'new' }).execute();

  it('is the last thing that its transaction says', async () => {
    const work = database.db.transaction().execute(async (trx) => {
      const batch = createBatch();
      batch.add(insert('one'));
      await sendAndCommit(trx, batch);
      await insertIn(trx);
    });
    await expect(work).rejects.toThrow('after the commit');
    expect(await settings()).toEqual([{ name: 'one', value: 'new' }]);
  });
});

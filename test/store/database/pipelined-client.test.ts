import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Database } from '../../../src/store/database/database.ts';
import type { HoldingProxy } from '../../support/holding-proxy.ts';
import { openProxiedDatabase } from '../../support/proxied-database.ts';
import { describeOnPostgres } from '../../support/describe-on-postgres.ts';

describeOnPostgres('a connection to PostgreSQL', (server) => {
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
  const setting = { name: 'one', value: 'new' };

  it('reads in a transaction before it has heard that the transaction has begun', async () => {
    proxy.holdAnswersUntil('the_answer');
    const rows = await database.db
      .transaction()
      .execute((trx) => trx.selectNoFrom((eb) => eb.lit(1).as('the_answer')).execute());
    expect(rows).toEqual([{ the_answer: 1 }]);
  });

  it('writes nothing where a transaction has not begun', async () => {
    proxy.replace('begin', 'began');
    const writing = database.db.transaction().execute((trx) => trx.insertInto('settings').values(setting).execute());
    await expect(writing).rejects.toMatchObject({ code: '42601' });
    const reading = database.db.transaction().execute(async (trx) => {
      await trx.selectFrom('settings').select('name').execute();
      await trx.insertInto('settings').values(setting).execute();
    });
    await expect(reading).rejects.toMatchObject({ code: '42601' });
    expect(await settings()).toEqual([]);
  });

  it('takes back what was written before a failure, and goes on', async () => {
    const twice = database.db.transaction().execute(async (trx) => {
      await trx.insertInto('settings').values(setting).execute();
      await trx.insertInto('settings').values(setting).execute();
    });
    await expect(twice).rejects.toMatchObject({ code: '23505' });
    await database.db.transaction().execute((trx) => trx.insertInto('settings').values(setting).execute());
    expect(await settings()).toEqual([setting]);
  });

  it('keeps each statement parsed, once', async () => {
    await database.db.connection().execute(async (db) => {
      for (const value of ['a', 'b', 'c']) {
        await db.insertInto('settings').values({ name: value, value }).execute();
        await db.selectFrom('settings').select('value').where('name', '=', value).execute();
        await db.selectFrom('settings').selectAll().execute();
      }
      const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(db);
      const kept = rows.map(({ statement }) => statement).filter((text) => text.includes('"settings"'));
      expect(kept.toSorted()).toEqual([
        'insert into "settings" ("name", "value") values ($1, $2)',
        'select "value" from "settings" where "name" = $1',
      ]);
    });
  });

  it('reads all columns of a table that a newer version has given one more', async () => {
    await database.db.connection().execute(async (db) => {
      const read = () => db.selectFrom('settings').selectAll().where('name', '=', 'one').execute();
      await db.insertInto('settings').values(setting).execute();
      expect(await read()).toEqual([setting]);
      await sql`alter table settings add column added text`.execute(database.db);
      expect(await read()).toEqual([{ ...setting, added: null }]);
    });
  });
});

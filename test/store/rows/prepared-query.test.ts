import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Database } from '../../../src/store/database/database.ts';
import { openSqlite } from '../../../src/store/database/sqlite.ts';
import { prepareQuery } from '../../../src/store/rows/reading-rows.ts';

describe('a prepared query', () => {
  let folder: string;
  let database: Database;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'locksmith-prepared-'));
    database = openSqlite(join(folder, 'test.db'), 'bot');
    await database.db.schema.createTable('settings').addColumn('name', 'text').addColumn('value', 'text').execute();
    for (const name of ['one', 'two', 'three']) {
      await database.db
        .insertInto('settings')
        .values({ name, value: `value of ${name}` })
        .execute();
    }
  });

  afterEach(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });

  it('is built once, and gives the rows for the values of each time', async () => {
    let built = 0;
    const select = prepareQuery<{ first: string; second: string }, { name: string }>((value) => {
      built += 1;
      return database.db
        .selectFrom('settings')
        .select('name')
        .where('name', '!=', 'three')
        .where((where) => where.or([where('name', '=', value('second')), where('name', '=', value('first'))]))
        .where('value', '!=', value('first'))
        .orderBy('name');
    });
    await expect(select(database.db, { first: 'one', second: 'two' })).resolves.toEqual([
      { name: 'one' },
      { name: 'two' },
    ]);
    await expect(select(database.db, { first: 'two', second: 'three' })).resolves.toEqual([{ name: 'two' }]);
    await expect(select(database.db, { first: "' or '' = '", second: 'nobody' })).resolves.toEqual([]);
    expect(built).toBe(1);
  });
});

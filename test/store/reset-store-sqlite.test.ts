import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe } from '@jest/globals';
import { describeResetStore } from '../contract/reset-store.ts';
import { putEmptyDatabase } from '../support/empty-database.ts';
import { buildSqliteHouse } from './sqlite-house.ts';

describe('requests in SQLite', () => {
  describeResetStore(async () => {
    const house = buildSqliteHouse();
    mkdirSync(dirname(house.path));
    await putEmptyDatabase(house.path);
    return house;
  });
});

import { describe } from '@jest/globals';
import { describeResetStore } from '../contract/reset-store.ts';
import { buildSqliteHouse } from './sqlite-house.ts';

describe('requests in SQLite', () => {
  describeResetStore(() => Promise.resolve(buildSqliteHouse()));
});

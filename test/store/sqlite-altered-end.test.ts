import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AuditEntry } from '../../src/reset/step.ts';
import type { Store } from '../../src/store/open-store.ts';
import { buildSqliteHouse, type SqliteHouse } from './sqlite-house.ts';

const entry: AuditEntry = { at: 1, kind: 'question-refused', actor: 'robin', facts: {} };

const wrongKinds: readonly (readonly [what: string, statement: string])[] = [
  ['a text for the number of the head', "update audit_head set number = 'x'"],
  ['bytes for the number of the head', "update audit_head set number = x'32'"],
  ['a fraction for the number of the head', 'update audit_head set number = 2.5'],
  ['bytes for the hash of the head', 'update audit_head set hash = cast(hash as blob)'],
  ['bytes for the hash of both', "update audit_head set hash = x'61'; update audit_records set hash = x'61'"],
  ['a text for the number of the last record', "update audit_records set number = 'x' where number = 2"],
];

/** SQLite keeps in a column whatever it is given. */
describe('a SQLite file whose trail ends with something of another kind', () => {
  let house: SqliteHouse;
  let store: Store;

  beforeEach(async () => {
    house = buildSqliteHouse();
    store = await house.openStore();
    await store.resets.record(entry, undefined);
    await store.resets.record(entry, undefined);
  });

  afterEach(async () => {
    await store.close();
    await house.remove();
  });

  it.each(wrongKinds)('is not written on: %s', async (_what, statement) => {
    await house.tamper(statement);
    await expect(store.resets.record(entry, undefined)).rejects.toMatchObject({
      name: 'StoreError',
      code: 'audit-end-altered',
    });
  });
});

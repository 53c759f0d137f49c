import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Migrator } from 'kysely/migration';
import { systemClock } from '../../../src/base/clock.ts';
import type { LogEvent } from '../../../src/base/log.ts';
import { Secret } from '../../../src/base/secret.ts';
import type { AuditEntry } from '../../../src/reset/audit-entry.ts';
import { migrations } from '../../../src/store/database/migrations.ts';
import { openDatabase } from '../../../src/store/database/open-database.ts';
import { openStore, type Store } from '../../../src/store/open-store.ts';
import { openTokenStore } from '../../../src/store/token-store.ts';
import type { House } from '../../contract/reset-store/store-bench.ts';
import { auditKey } from '../../support/audit-key.ts';
import { describeOnPostgres } from '../../support/describe-on-postgres.ts';
import { buildPostgresHouse } from '../postgres-house.ts';
import { buildSqliteHouse, type SqliteHouse } from '../sqlite-house.ts';

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

/** How a trail that is older than its chain is brought up to date, in the database of a house. */
function describeOldTrail(build: () => Promise<House & { readonly url: string }>): void {
  it('is signed by the bot that brings the chain where it is told how long it is, and by nobody who has no key', async () => {
    const house = await build();
    const database = await openDatabase(new Secret(house.url), 'bot', undefined);
    const provider = { getMigrations: () => Promise.resolve(migrations) };
    await new Migrator({ db: database.db, provider }).migrateTo('0008-token-cache');
    await database.close();
    await house.tamper(`insert into audit_records (number, at, kind, actor, instance, facts)
      values (1, 5, 'hidden', 'x', 'old', '{}'); update audit_head set number = 1`);
    await expect(openTokenStore(new Secret(house.url))).rejects.toMatchObject({ code: 'schema-older' });
    const lines: LogEvent[] = [];
    const open = (chainBeginsAfter?: number) =>
      openStore({
        url: new Secret(house.url),
        clock: systemClock,
        instance: 'one',
        auditKey,
        trailLog: (line) => void lines.push(line),
        chainBeginsAfter,
      });
    for (const told of [undefined, 0, 2]) {
      await expect(open(told)).rejects.toMatchObject({ code: 'audit-chain-missing', records: 1 });
    }
    const store = await open(1);
    expect(lines).toMatchObject([{ event: 'audit-chain-begun', after: 1, check: expect.stringMatching(/^1:/) }]);
    await store.resets.record({ at: 6, kind: 'question-refused', actor: 'x', facts: {} }, undefined);
    await store.close();
    await house.tamper("delete from settings where name = 'audit-check'");
    await expect(house.openStore()).rejects.toMatchObject({ code: 'audit-beginning-missing' });
    await house.remove();
  });

  it('is not signed where it does not end as its head says', async () => {
    const house = await build();
    const database = await openDatabase(new Secret(house.url), 'bot', undefined);
    const provider = { getMigrations: () => Promise.resolve(migrations) };
    await new Migrator({ db: database.db, provider }).migrateTo('0008-token-cache');
    await database.close();
    await house.tamper('update audit_head set number = 1');
    await expect(house.openStore()).rejects.toMatchObject({ code: 'audit-end-altered' });
    await house.tamper('update audit_head set number = 0');
    await (await house.openStore()).close();
    await house.remove();
  });
}

describe('a trail that is older than its chain, in SQLite', () => {
  describeOldTrail(() => {
    const house = buildSqliteHouse();
    return Promise.resolve({ ...house, url: `sqlite:${house.path}` });
  });
});

describeOnPostgres('a trail that is older than its chain, in PostgreSQL', (server) => {
  describeOldTrail(() => buildPostgresHouse(server));
});

import { writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { AuditEntry } from '../../src/reset/step.ts';
import { createAuditChain } from '../../src/store/create-audit-chain.ts';
import { createResetStore } from '../../src/store/create-reset-store.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openSqlite } from '../../src/store/open-sqlite.ts';
import { auditKey } from '../support/audit-key.ts';
import { buildNumberedRequest } from '../support/build-numbered-request.ts';
import { buildSqliteHouse, type SqliteHouse } from './sqlite-house.ts';

const entry: AuditEntry = { at: 1, kind: 'proposed', actor: 'robin', facts: {} };

const author = {
  instance: 'first',
  version: '0',
  chain: createAuditChain(auditKey),
  wrote: () => undefined,
};

describe('a SQLite file that cannot be written', () => {
  let house: SqliteHouse;

  beforeEach(() => {
    house = buildSqliteHouse();
  });

  afterEach(() => house.remove());

  it('says that it is full, with neither half of the step done', async () => {
    const database = openSqlite(house.path, 'bot');
    await migrate(database.db);
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(database.db);
    await sql`pragma max_page_count = ${sql.lit((rows[0]?.page_count ?? 0) + 5)}`.execute(database.db);
    const resets = createResetStore(database, author);
    const addUntilFull = async (number = 0): Promise<number> =>
      resets.add(buildNumberedRequest(number, { endedBy: 'x'.repeat(1000) }), entry).then(
        () => addUntilFull(number + 1),
        (error: unknown) => {
          expect(error).toMatchObject({ name: 'StoreError', code: 'full' });
          return number;
        },
      );
    const added = await addUntilFull();
    expect(added).toBeGreaterThan(0);
    await expect(resets.find(buildNumberedRequest(added).id)).resolves.toBeUndefined();
    await sql`pragma max_page_count = 100000`.execute(database.db);
    await expect(resets.add(buildNumberedRequest(added), entry)).resolves.toBe('added');
    const { number } = await database.db.selectFrom('audit_head').select('number').executeTakeFirstOrThrow();
    const trail = await database.db.selectFrom('audit_records').select('number').execute();
    expect(trail).toHaveLength(number);
    await database.close();
  });

  it('says that it may only be read', async () => {
    const database = openSqlite(house.path, 'bot');
    await migrate(database.db);
    await sql`pragma query_only = on`.execute(database.db);
    const resets = createResetStore(database, author);
    await expect(resets.add(buildNumberedRequest(1), entry)).rejects.toMatchObject({
      name: 'StoreError',
      code: 'read-only',
    });
    await expect(resets.find(buildNumberedRequest(1).id)).resolves.toBeUndefined();
    await database.close();
  });

  it('says that somebody else holds it, and goes on once they let go', async () => {
    const store = await house.open('bot');
    const other = new DatabaseSync(house.path);
    other.exec('begin immediate');
    await expect(store.resets.add(buildNumberedRequest(1), entry)).rejects.toMatchObject({
      name: 'StoreError',
      code: 'locked',
    });
    other.exec('rollback');
    await expect(store.resets.add(buildNumberedRequest(1), entry)).resolves.toBe('added');
    other.close();
    await store.close();
  });

  it('says that it is no database', async () => {
    const bot = await house.open('bot');
    await bot.close();
    writeFileSync(house.path, 'this is no database at all, only a text that somebody put in its place');
    await expect(house.open('bot')).rejects.toMatchObject({
      name: 'StoreError',
      code: 'not-ours',
      databaseCode: '26',
    });
  });
});

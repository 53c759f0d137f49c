import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import type { AuditEntry } from '../../../src/reset/audit-entry.ts';
import { openTrailEnd } from '../../../src/store/audit-trail/append-records.ts';
import { createAuditChain } from '../../../src/store/audit-trail/audit-chain.ts';
import { type AuditWriter, createAuditWriter } from '../../../src/store/audit-trail/audit-writer.ts';
import { beginChain, readTrailEnd } from '../../../src/store/audit-trail/chain-head.ts';
import { type Database, inTransaction, type Schema } from '../../../src/store/database/database.ts';
import { migrate } from '../../../src/store/database/migrate.ts';
import { openSqlite } from '../../../src/store/database/sqlite.ts';
import { StoreError } from '../../../src/store/database/store-error.ts';
import { auditKey } from '../../support/audit-key.ts';
import { buildSqliteHouse, type SqliteHouse } from '../sqlite-house.ts';

const entry: AuditEntry = { at: 1, kind: 'click-refused', actor: 'robin', facts: {} };

describe('the next transaction after what this process has written, before whoever wrote it has heard of the commit', () => {
  let house: SqliteHouse;
  let database: Database;
  let ours: AuditWriter;
  let others: AuditWriter;

  beforeEach(async () => {
    house = buildSqliteHouse();
    database = openSqlite(house.path, 'bot');
    await migrate(database.db);
    const chain = createAuditChain(auditKey);
    await beginChain(database, chain);
    const wrote = (): void => undefined;
    ours = createAuditWriter({ kind: 'sqlite', instance: 'ours', version: '0', chain, wrote });
    others = createAuditWriter({ kind: 'sqlite', instance: 'others', version: '0', chain, wrote });
    await write(others);
    await follow();
  });

  afterEach(async () => {
    await database.close();
    await house.remove();
  });

  /** Writes records, as a transaction does that has not heard yet what became of it. */
  const write = (author: AuditWriter, records = 1): Promise<void> =>
    inTransaction(database, async (trx) => {
      const trail = await openTrailEnd(trx, author, await readTrailEnd(trx), []);
      for (let record = 0; record < records; record += 1)
        await trail.append([{ entry, before: undefined, after: undefined }]);
    });

  /** Follows the trail to its end, and tells how many statements that took. */
  const follow = async () => {
    let statements = 0;
    const counted: Kysely<Schema> = database.db.withPlugin({
      transformQuery({ node }) {
        statements += 1;
        return node;
      },
      transformResult: ({ result }) => Promise.resolve(result),
    });
    const head = await readTrailEnd(database.db);
    const end = await ours.follower?.follow(counted, head);
    expect(end).toMatchObject(head);
    return statements;
  };

  it('reads nothing of it again', async () => {
    await write(ours);
    expect(await follow()).toBe(0);
    await write(ours, 2);
    await write(ours);
    expect(await follow()).toBe(0);
  });

  it('reads what another process has written before or after it', async () => {
    await write(ours);
    await write(others);
    expect(await follow()).toBe(1);
    await write(others);
    await write(ours);
    expect(await follow()).toBe(0);
  });

  it('takes nothing for written that was rolled back', async () => {
    const rolledBack = inTransaction(database, async (trx) => {
      const trail = await openTrailEnd(trx, ours, await readTrailEnd(trx), []);
      await trail.append([{ entry, before: undefined, after: undefined }]);
      throw new StoreError('audit-not-kept');
    });
    await expect(rolledBack).rejects.toMatchObject({ code: 'audit-not-kept' });
    expect(await follow()).toBe(0);
    await write(others);
    expect(await follow()).toBe(1);
    await write(ours);
    expect(await follow()).toBe(0);
  });

  it('still refuses a trail that is shorter than it was', async () => {
    const before = await readTrailEnd(database.db);
    await write(ours);
    const { number, hash } = await readTrailEnd(database.db);
    const end = await ours.follower?.follow(database.db, { number, hash });
    expect(end).toMatchObject({ number, hash });
    await expect(ours.follower?.follow(database.db, before)).rejects.toMatchObject({ code: 'audit-end-altered' });
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { AuditEntry } from '../../src/reset/step.ts';
import { openSqlite } from '../../src/store/open-sqlite.ts';
import type { Store } from '../../src/store/open-store.ts';
import { buildNumberedRequest } from '../support/build-numbered-request.ts';
import { buildSqliteHouse, type SqliteHouse } from './sqlite-house.ts';

const entry: AuditEntry = { at: 1, kind: 'proposed', actor: 'robin', facts: {} };

describe('a SQLite file', () => {
  let house: SqliteHouse;
  let opened: Store[];

  beforeEach(() => {
    house = buildSqliteHouse();
    opened = [];
  });

  afterEach(async () => {
    for (const store of opened) await store.close();
    await house.remove();
  });

  const open = async (...how: Parameters<SqliteHouse['open']>) => {
    const store = await house.open(...how);
    opened.push(store);
    return store;
  };

  it('is made with its folder, for its owner only', async () => {
    await open('bot');
    expect(statSync(dirname(house.path)).mode & 0o777).toBe(0o700);
    expect(statSync(`${house.path}-wal`).mode & 0o077).toBe(0);
    expect(statSync(house.path).mode & 0o077).toBe(0);
  });

  it('is kept durable and without traces', async () => {
    const database = openSqlite(house.path, 'bot');
    const read = async (name: string) => {
      const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(database.db);
      return Object.values(rows[0] ?? {})[0];
    };
    await expect(read('journal_mode')).resolves.toBe('wal');
    await expect(read('synchronous')).resolves.toBe(2);
    await expect(read('secure_delete')).resolves.toBe(1);
    await expect(read('foreign_keys')).resolves.toBe(1);
    await expect(read('busy_timeout')).resolves.toBe(1000);
    await database.close();
  });

  describe('with one bot at a time', () => {
    it('tells a second bot so, and lets it in once the first has ended', async () => {
      const first = await open('bot');
      await expect(house.open('bot')).rejects.toMatchObject({ name: 'StoreError', code: 'already-running' });
      await first.resets.add(buildNumberedRequest(1), entry);
      await first.close();
      await open('bot');
    });

    it('tells a second process so, and lets it in once the first was killed', async () => {
      const first = await open('bot');
      const [refused, saysNo] = await startHolder(house.path);
      expect(saysNo).toBe('already-running');
      await once(refused, 'close');
      await first.close();

      const [holder, saysYes] = await startHolder(house.path);
      expect(saysYes).toBe('open');
      await expect(house.open('bot')).rejects.toMatchObject({ code: 'already-running' });
      const ended = once(holder, 'close');
      holder.kill('SIGKILL');
      await ended;
      await open('bot');
    });

    it('ends the leases of the bot before, so that its work is due, and keeps whose they were', async () => {
      const first = await open('bot');
      const later = Date.now() + 60_000;
      const leased = buildNumberedRequest(1, { lease: { owner: 'first', until: later }, dueAt: later });
      await first.resets.add(leased, entry);
      await expect(first.resets.due(Date.now(), 9)).resolves.toStrictEqual([]);
      await first.close();
      const second = await open('bot');
      const [due] = await second.resets.due(Date.now(), 9);
      expect(due).toMatchObject({ id: leased.id, version: 1, lease: { owner: 'first' } });
      expect(due?.lease?.until).toBeLessThanOrEqual(Date.now());
    });
  });

  describe('with a reader', () => {
    it('is read while the bot writes, whatever is newest', async () => {
      const bot = await open('bot');
      const reader = await open('reader');
      for (const number of [1, 2, 3]) {
        await bot.resets.add(buildNumberedRequest(number), entry);
        await expect(reader.resets.find(buildNumberedRequest(number).id)).resolves.toMatchObject({ state: 'proposed' });
      }
      expect(await reader.auditRecords(0, 99)).toHaveLength(5);
    });

    it('is read when no bot runs, and left as it is', async () => {
      const bot = await open('bot');
      await bot.resets.add(buildNumberedRequest(1, { lease: { owner: 'first', until: 9 } }), entry);
      await bot.close();
      const reader = await open('reader');
      await expect(reader.resets.find(buildNumberedRequest(1).id)).resolves.toMatchObject({
        lease: { owner: 'first' },
      });
    });

    it('is not written by it', async () => {
      const bot = await open('bot');
      const reader = await open('reader');
      await expect(reader.resets.add(buildNumberedRequest(1), entry)).rejects.toMatchObject({ code: 'read-only' });
      await expect(bot.resets.find(buildNumberedRequest(1).id)).resolves.toBeUndefined();
    });

    it('says so where there is no file, or an empty one', async () => {
      await expect(house.open('reader')).rejects.toMatchObject({ name: 'StoreError', code: 'unreachable' });
      const bot = openSqlite(house.path, 'bot');
      await bot.close();
      await expect(house.open('reader')).rejects.toMatchObject({ name: 'StoreError', code: 'schema-older' });
    });
  });
});

/** Starts a process that opens the store, and gives its first word. */
async function startHolder(path: string) {
  const program = join(import.meta.dirname, '../support/hold-sqlite-store.ts');
  const holder = spawn(process.execPath, [program, `sqlite:${path}`], { stdio: ['pipe', 'pipe', 'inherit'] });
  for await (const line of createInterface(holder.stdout)) return [holder, line] as const;
  throw new Error('it ended without a word');
}

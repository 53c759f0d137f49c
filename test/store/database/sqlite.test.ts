import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { Secret } from '../../../src/base/secret.ts';
import type { ResetRequest } from '../../../src/reset/request.ts';
import type { AuditEntry } from '../../../src/reset/audit-entry.ts';
import { makeStep } from '../../../src/reset/step.ts';
import { createAuditChain } from '../../../src/store/audit-trail/audit-chain.ts';
import { createAuditWriter } from '../../../src/store/audit-trail/audit-writer.ts';
import { beginChain } from '../../../src/store/audit-trail/chain-head.ts';
import { migrate } from '../../../src/store/database/migrate.ts';
import { openSqlite } from '../../../src/store/database/sqlite.ts';
import type { Store } from '../../../src/store/open-store.ts';
import { createResetStore } from '../../../src/store/requests/request-store.ts';
import { auditKey } from '../../support/audit-key.ts';
import { buildNumberedRequest } from '../../support/build-numbered-request.ts';
import { readAuditRecords } from '../../support/read-audit-records.ts';
import { buildSqliteHouse, type SqliteHouse } from '../sqlite-house.ts';

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
    // The log is flushed besides, before a commit counts: flush-log.test.ts cuts the power.
    await expect(read('synchronous')).resolves.toBe(1);
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
      expect(due).toMatchObject({ id: leased.id, version: 2, lease: { owner: 'first' } });
      expect(due?.lease?.until).toBeLessThanOrEqual(Date.now());
    });

    it('ends the leases on notes and on the sign-in as well', async () => {
      const first = await open('bot');
      const until = Date.now() + 120_000;
      const asked = buildNumberedRequest(1, { proof: { verification: 'In person', ticket: '4711' } });
      await first.resets.add(asked, entry);
      const refused = { state: 'refused', endedAt: 2, refusal: { kind: 'guest' } } as const;
      await first.resets.swap(asked, makeStep(asked, refused, { at: 2, kind: 'refused', actor: 'locksmith' }));
      const [note] = await first.notes.due(Date.now(), 9);
      if (note === undefined) throw new Error('no note is due');
      const claimed = { ...note, version: 2, tries: 1, lease: { owner: 'first', until } };
      await first.notes.swap(note, claimed, { ...entry, kind: 'note-begun' });
      await first.tokens.put({ keyId: 'k', nonce: 'n', ciphertext: 'c' });
      await expect(first.tokens.lease(1, { owner: 'first', now: 1, until })).resolves.toBe(true);
      await first.close();
      const second = await open('bot');
      await expect(second.notes.due(Date.now(), 9)).resolves.toMatchObject([{ version: 3, lease: { owner: 'first' } }]);
      await expect(second.tokens.lease(1, { owner: 'second', now: Date.now(), until })).resolves.toBe(true);
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
      expect(await readAuditRecords(new Secret(house.url))).toHaveLength(5);
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
      await expect(house.open('reader')).rejects.toMatchObject({ name: 'StoreError', code: 'cannot-open' });
      const bot = openSqlite(house.path, 'bot');
      await bot.close();
      await expect(house.open('reader')).rejects.toMatchObject({ name: 'StoreError', code: 'schema-empty' });
    });
  });
});

/** Starts a process that opens the store, and gives its first word. */
async function startHolder(path: string) {
  const program = join(import.meta.dirname, '../../support/hold-sqlite-store.ts');
  const holder = spawn(process.execPath, [program, `sqlite:${path}`], { stdio: ['pipe', 'pipe', 'inherit'] });
  for await (const line of createInterface(holder.stdout)) return [holder, line] as const;
  throw new Error('it ended without a word');
}

const createAuthor = () =>
  createAuditWriter({
    kind: 'sqlite',
    instance: 'first',
    version: '0',
    chain: createAuditChain(auditKey),
    wrote: () => undefined,
  });

describe('a SQLite file that cannot be written', () => {
  let house: SqliteHouse;

  beforeEach(() => {
    house = buildSqliteHouse();
  });

  afterEach(() => house.remove());

  it('says that it is full, with neither half of the step done', async () => {
    const database = openSqlite(house.path, 'bot');
    await migrate(database.db);
    await beginChain(database, createAuditChain(auditKey));
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(database.db);
    await sql`pragma max_page_count = ${sql.lit((rows[0]?.page_count ?? 0) + 5)}`.execute(database.db);
    const resets = createResetStore(database, createAuthor());
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
    const resets = createResetStore(database, createAuthor());
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

describe('erasing a sealed password from SQLite', () => {
  let house: SqliteHouse;
  let store: Store;

  beforeEach(async () => {
    house = buildSqliteHouse();
    store = await house.openStore();
  });

  afterEach(async () => {
    await store.close();
    await house.remove();
  });

  /** Another process reads: this one would give up its locks by closing the files. */
  const readFiles = () => {
    const folder = dirname(house.path);
    const files = readdirSync(folder).map((name) => join(folder, name));
    return execFileSync('cat', files, { maxBuffer: 2 ** 28 }).toString('latin1');
  };
  const ciphertext = 'VGhpcyBjaXBoZXJ0ZXh0IGlzIGxvb2tlZCBmb3I='.repeat(3);
  const sealedPassword = { keyId: 'key-looked-for', nonce: 'nonce-looked-for', ciphertext };
  const traces = () => [ciphertext, 'key-looked-for', 'nonce-looked-for'].filter((text) => readFiles().includes(text));
  const deliver = async () => {
    for (const number of [2, 3, 4]) await store.resets.add(buildNumberedRequest(number), entry);
    const sealed = buildNumberedRequest(1, { state: 'delivered', sealedPassword });
    await store.resets.add(sealed, entry);
    return sealed;
  };
  const hide = (sealed: ResetRequest) =>
    store.resets.swap(
      sealed,
      makeStep(sealed, { state: 'hidden', sealedPassword: undefined }, { at: 2, kind: 'hidden', actor: 'locksmith' }),
    );

  it('leaves nothing of it in any file', async () => {
    const sealed = await deliver();
    expect(traces()).toHaveLength(3);
    await expect(hide(sealed)).resolves.toMatchObject({ kind: 'swapped' });
    expect(traces()).toStrictEqual([]);
  });

  it('leaves nothing of it once whoever read meanwhile has finished', async () => {
    const sealed = await deliver();
    const reading = new DatabaseSync(house.path, { readOnly: true });
    reading.exec('begin; select count(*) from reset_requests');
    await expect(hide(sealed)).resolves.toMatchObject({ kind: 'swapped' });
    expect(traces()).not.toStrictEqual([]);
    reading.close();
    await store.resets.due(0, 1);
    expect(traces()).toStrictEqual([]);
  });
});

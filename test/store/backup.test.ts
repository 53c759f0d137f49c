import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import { Secret } from '../../src/base/secret.ts';
import { runBackup } from '../../src/commands/run-backup.ts';
import type { AuditEntry } from '../../src/reset/audit-entry.ts';
import { makeStep } from '../../src/reset/step.ts';
import { readRestoredFrom } from '../../src/store/backup.ts';
import { openSqlite } from '../../src/store/database/sqlite.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { auditKey } from '../support/audit-key.ts';
import { buildNumberedRequest } from '../support/build-numbered-request.ts';
import { readAuditRecords } from '../support/read-audit-records.ts';
import { buildSqliteHouse, type SqliteHouse } from './sqlite-house.ts';

const entry: AuditEntry = { at: 1, kind: 'proposed', actor: 'robin', facts: {} };
const now = Date.UTC(2026, 6, 1, 8);

describe('npm run backup', () => {
  let house: SqliteHouse;
  let bot: Store;
  let copy: string;

  beforeEach(async () => {
    house = buildSqliteHouse();
    bot = await house.open('bot');
    copy = join(dirname(house.path), 'copy.db');
  });

  afterEach(async () => {
    await bot.close();
    await house.remove();
  });

  const run = async (args: readonly string[], url = `sqlite:${house.path}`) => {
    const [output, errors] = [new PassThrough(), new PassThrough()];
    const status = await runBackup({
      args,
      environment: { DATABASE_URL: url },
      clock: { now: () => now },
      output,
      errors,
    });
    output.end();
    errors.end();
    return { status, said: `${await text(output)}${await text(errors)}` };
  };
  const restoredFrom = async (path: string): Promise<number | undefined> => {
    const database = openSqlite(path, 'reader');
    const at = await readRestoredFrom(database.db);
    await database.close();
    return at;
  };

  it('copies everything that is committed while the bot runs, and the bot goes on', async () => {
    const request = buildNumberedRequest(1);
    await bot.resets.add(request, entry);
    await expect(run([copy])).resolves.toMatchObject({ status: 0 });
    await bot.resets.swap(
      request,
      makeStep(request, { state: 'cancelled' }, { at: 2, kind: 'cancelled', actor: 'robin' }),
    );
    const restored = await openStore({
      url: new Secret(`sqlite:${copy}`),
      clock: systemClock,
      instance: 'second',
      auditKey,
    });
    await expect(restored.resets.find(request.id)).resolves.toMatchObject({ state: 'proposed', version: 1 });
    await expect(readAuditRecords(new Secret(`sqlite:${copy}`))).resolves.toMatchObject([
      { kind: 'proposed' },
      { kind: 'restored', actor: 'locksmith', facts: { from: now } },
    ]);
    await restored.close();
    await expect(bot.resets.find(request.id)).resolves.toMatchObject({ state: 'cancelled' });
  });

  it('makes a file for its owner alone, which says from when it is; the database itself does not', async () => {
    await run([copy]);
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    expect(readdirSync(dirname(copy)).filter((name) => name.endsWith('.part'))).toEqual([]);
    await expect(restoredFrom(copy)).resolves.toBe(now);
    await expect(restoredFrom(house.path)).resolves.toBeUndefined();
  });

  it('copies nothing of what was erased', async () => {
    const sealedPassword = { keyId: 'k', nonce: 'CANARYnonce', ciphertext: `CANARY${'x'.repeat(6000)}` };
    const before = buildNumberedRequest(1, { state: 'sealed', sealedPassword });
    await bot.resets.add(before, entry);
    await run([copy]);
    expect(readFileSync(copy, 'latin1')).toContain('CANARYnonce');
    const refused = { state: 'refused', sealedPassword: undefined } as const;
    await bot.resets.swap(before, makeStep(before, refused, { at: 2, kind: 'refused', actor: 'locksmith' }));
    await run([`${copy}.2`]);
    expect(readFileSync(`${copy}.2`, 'latin1')).not.toContain('CANARY');
  });

  it('says which folder it cannot write to', async () => {
    const { status, said } = await run([join(dirname(house.path), 'nowhere', 'copy.db')]);
    expect(status).toBe(1);
    expect(said).toMatch(/^The folder .*nowhere is not there, or this user may not write to it\. \(ENOENT\)\n$/);
  });

  it('writes over nothing', async () => {
    writeFileSync(copy, 'mine');
    await expect(run([copy])).resolves.toMatchObject({ status: 1, said: expect.stringContaining('already') });
    expect(readFileSync(copy, 'utf8')).toBe('mine');
  });

  it.each([
    ['nothing that is a database', (path: string) => path.replace('locksmith.db', 'other.txt')],
    ['nothing that is there', (path: string) => path.replace('locksmith.db', 'none.db')],
  ])('leaves no half of a copy of %s', async (_what, other) => {
    writeFileSync(
      other(house.path).replace('none.db', 'unrelated'),
      'not a database, but long enough to be read as one'.repeat(40),
    );
    await expect(run([copy], `sqlite:${other(house.path)}`)).resolves.toMatchObject({ status: 1 });
    expect(readdirSync(dirname(copy)).filter((name) => name.startsWith('copy'))).toEqual([]);
  });

  it('says of a database that came back by other means that it was restored, unless a bot runs on it', async () => {
    await expect(run(['--restored'])).resolves.toMatchObject({
      status: 1,
      said: expect.stringContaining('one at a time'),
    });
    await bot.close();
    await expect(run(['--restored'])).resolves.toMatchObject({ status: 0 });
    await expect(restoredFrom(house.path)).resolves.toBe(now);
    bot = await house.open('bot');
  });

  it.each([[[]], [['--what']], [['a', 'b']]])('explains itself when it is called with %j', async (args) => {
    await expect(run(args)).resolves.toMatchObject({ status: 2, said: expect.stringContaining('Usage') });
  });

  it('does not copy PostgreSQL', async () => {
    const { status, said } = await run([copy], 'postgres://locksmith:CANARY@127.0.0.1:1/x');
    expect([status, said.includes('pg_dump'), said.includes('CANARY')]).toEqual([1, true, false]);
  });

  it('is taken whole while the bot writes, twenty times in a row', async () => {
    const writing = new AbortController();
    const writer = (async () => {
      for (let number = 1; !writing.signal.aborted; number += 1) {
        const request = buildNumberedRequest(number, { state: 'cancelled' });
        await bot.resets.add(request, entry);
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    for (let round = 0; round < 20; round += 1) {
      const path = `${copy}.${round}`;
      await expect(run([path])).resolves.toMatchObject({ status: 0 });
      const database = new DatabaseSync(path, { readOnly: true });
      const counts = database
        .prepare(
          'select (select count(*) from reset_requests) as requests, (select number from audit_head) as head, (select count(*) from audit_records) as records',
        )
        .get();
      database.close();
      expect([counts?.['records'], counts?.['head']]).toEqual([counts?.['requests'], counts?.['requests']]);
      await new Promise((resolve) => setImmediate(resolve));
    }
    writing.abort();
    await writer;
  });
});

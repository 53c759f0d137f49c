import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Migrator } from 'kysely/migration';
import { exportTrail } from '../../../src/audit/export-trail.ts';
import { verifyChain } from '../../../src/audit/verify-chain.ts';
import { systemRandom } from '../../../src/base/random.ts';
import { Secret } from '../../../src/base/secret.ts';
import { readOrCreateSandboxKey } from '../../../src/config/keys.ts';
import { createAuditChain } from '../../../src/store/audit-trail/audit-chain.ts';
import { openTrail } from '../../../src/store/audit-trail/open-trail.ts';
import { backUpSqlite } from '../../../src/store/backup.ts';
import { migrations } from '../../../src/store/database/migrations.ts';
import { openDatabase } from '../../../src/store/database/open-database.ts';
import type { Store } from '../../../src/store/open-store.ts';
import { auditKey } from '../../support/audit-key.ts';
import { fillTrail } from '../../support/fill-trail.ts';
import { type AuditHouse, buildSqliteAuditHouse, runCommand } from './audit-house.ts';

const head = `1:${'a'.repeat(64)}`;

describe('npm run audit', () => {
  it.each([
    [[], /^Usage: npm run audit/],
    [['verfy'], /^The command is neither verify, export, notes nor begin/],
    [['verify', 'now'], /^now is one word too many/],
    [['verify', '--head', '12'], /^--head is not NUMBER:HASH/],
    [['verify', '--haed', head], /^There is no such option/],
    [['verify', '--restored-at', 'x'], /^--restored-at is not a number/],
    [['verify', '--chain-begins-after', '-1'], /^--chain-begins-after is not a number|^There is no such option/],
    [['export', '--restored-at', '3'], /^export has no such option/],
    [['verify', '--from', '3'], /^verify has no such option/],
    [['export', '--head', head], /^export has no such option/],
    [['export', '--from', '0'], /^--from is not a number/],
  ] as const)('says how it is used, with status 2: %j', async (args, says) => {
    const ran = await runCommand(args, {});
    expect(ran).toMatchObject({ status: 2, output: '', errors: expect.stringMatching(says) });
    expect(ran.errors).toContain('Usage: npm run audit -- verify');
  });

  it('needs no setting but the two, and says which of them is malformed without repeating it', async () => {
    const environment = { NODE_ENV: 'production', DATABASE_URL: 'mysql://CANARY@x', AUDIT_KEY: 'CANARY' };
    const ran = await runCommand(['verify'], environment);
    expect(ran).toMatchObject({ status: 2, output: '' });
    expect(ran.errors).toContain('DATABASE_URL is neither sqlite:PATH nor postgres://…. AUDIT_KEY is not 32 bytes');
    expect(ran.errors).not.toContain('CANARY');
  });

  it('says so where there is no database, and makes none', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'locksmith-audit-'));
    const ran = await runCommand(['verify'], { DATABASE_URL: `sqlite:${join(folder, 'none.db')}` });
    expect(ran).toMatchObject({
      status: 2,
      errors: expect.stringMatching(/^There is no database yet/),
    });
    rmSync(folder, { recursive: true });
  });
});

describe('npm run audit beside a bot', () => {
  let house: AuditHouse;
  let folder: string;

  beforeEach(() => {
    house = buildSqliteAuditHouse();
    folder = dirname(house.url.slice('sqlite:'.length));
  });

  afterEach(() => house.remove());

  it('takes the key that the sandbox has kept', async () => {
    const store = await house.open(readOrCreateSandboxKey(new Secret(house.url), 'audit.key', systemRandom.bytes));
    await store.resets.record({ at: 1, kind: 'question-refused', actor: 'x', facts: {} }, undefined);
    await expect(runCommand(['verify'], { DATABASE_URL: house.url })).resolves.toMatchObject({ status: 0 });
    writeFileSync(join(folder, 'audit.key'), 'not a key\n');
    await expect(runCommand(['verify'], { DATABASE_URL: house.url })).resolves.toMatchObject({ status: 2 });
    await store.close();
  });

  it('says up to which record nothing protects a trail that is older than its chain', async () => {
    const database = await openDatabase(new Secret(house.url), 'bot', undefined);
    const provider = { getMigrations: () => Promise.resolve(migrations) };
    await new Migrator({ db: database.db, provider }).migrateTo('0008-token-cache');
    await database.close();
    await house.run(`insert into audit_records (number, at, kind, actor, instance, facts)
      values (1, 5, 'hidden', 'x', 'old', '{}'), (2, 6, 'hidden', 'x', 'old', '{}'); update audit_head set number = 2`);
    const environment = { DATABASE_URL: house.url, AUDIT_KEY: auditKey.reveal((key) => key) };
    await expect(house.open()).rejects.toMatchObject({ code: 'audit-chain-missing' });
    for (const words of [['begin'], ['begin', '--chain-begins-after', '1']]) {
      const refused = await runCommand(words, environment);
      expect(refused).toMatchObject({ status: 1, errors: expect.stringContaining('begin --chain-begins-after 2\n') });
    }
    await expect(runCommand(['begin', '--chain-begins-after', '2'], {})).resolves.toMatchObject({ status: 2 });
    await expect(house.open()).rejects.toMatchObject({ code: 'audit-chain-missing' });
    const begun = await runCommand(['begin', '--chain-begins-after', '2'], environment);
    expect(begun).toMatchObject({
      status: 0,
      output: expect.stringContaining('"event":"audit-chain-begun","after":2'),
    });
    const store = await house.open();
    await store.resets.record({ at: 7, kind: 'question-refused', actor: 'x', facts: {} }, undefined);
    await store.close();
    const ran = await runCommand(['verify'], environment);
    expect(ran).toMatchObject({
      status: 1,
      output: expect.stringMatching(/^The audit trail is whole from row 3 to row 3\./),
    });
    expect(ran.output).toContain(
      'Rows 1 to 2 were written before the trail was chained: nothing protects what is there. ' +
        'If that is where your chain begins, say so: --chain-begins-after 2\n',
    );
    const acknowledged = await runCommand(['verify', '--chain-begins-after', '2'], environment);
    expect(acknowledged).toMatchObject({
      status: 0,
      output: expect.stringContaining('nothing protects what is there'),
    });
    const other = await runCommand(['verify', '--chain-begins-after', '1'], environment);
    expect(other).toMatchObject({
      status: 1,
      output: expect.stringContaining('The chain begins after row 2, NOT after row 1.'),
    });
    const exported = await runCommand(['export'], environment);
    expect(exported.output.split('\n')[0]).toMatch(/^\{"id":"locksmith-1",.*"hash":""\}$/);
    await house.tamper("update audit_records set hash = '' where number = 3");
    await expect(runCommand(['verify'], environment)).resolves.toMatchObject({ status: 1 });
  });

  it('reads no faster than its records are taken', async () => {
    const store = await house.open();
    await fillTrail(house.url, 1200);
    const trail = await openTrail(new Secret(house.url));
    let read = 0;
    let most = 0;
    let taken = 0;
    const slow = new Writable({
      highWaterMark: 1,
      write(_chunk, _encoding, done) {
        most = Math.max(most, read - taken);
        setImmediate(() => {
          taken += 1;
          done();
        });
      },
    });
    const counted = {
      ...trail,
      rows: (after: number | undefined, atMost: number) => ((read += 1), trail.rows(after, atMost)),
    };
    await expect(exportTrail(counted, 1, slow)).resolves.toStrictEqual({ kind: 'done', lines: 1200, next: 1201 });
    expect(most).toBe(1);
    await trail.close();
    await store.close();
  });
});

describe('npm run audit after a restore that a bot has written on from', () => {
  let house: AuditHouse;
  let lost: string;
  let kept: string;
  const run = (...args: readonly string[]) =>
    runCommand(args, { DATABASE_URL: house.url, AUDIT_KEY: auditKey.reveal((key) => key) });
  const write = async (store: Store, records: number): Promise<string> => {
    for (let index = 0; index < records; index += 1) {
      await store.resets.record({ at: Date.now(), kind: 'question-refused', actor: 'x', facts: {} }, undefined);
    }
    const head = await store.auditHead();
    return `${head?.number}:${head?.hash}`;
  };

  /** Five records, a backup of them, five more, the restore, and three records after the one that says so. */
  beforeEach(async () => {
    house = buildSqliteAuditHouse();
    const path = house.url.slice('sqlite:'.length);
    const first = await house.open();
    kept = await write(first, 5);
    backUpSqlite({ from: path, to: `${path}.backup`, now: () => Date.UTC(2026, 6, 1) });
    lost = await write(first, 5);
    await first.close();
    rmSync(path);
    copyFileSync(`${path}.backup`, path);
    const second = await house.open();
    await write(second, 3);
    await second.close();
  });

  afterEach(() => house.remove());

  it('says that the trail was restored, and whose heads are of the time that was lost', async () => {
    const ran = await run('verify', '--head', kept, '--head', lost);
    expect(ran.status).toBe(1);
    expect(ran.output).toMatch(
      /The trail was restored from a backup of 2026-07-01T00:00:00\.000Z and goes on with row 6, written 2\d{3}-.*Z\. The printed head of row 10 is of the time that was lost\. If that restore was yours, say so: --restored-at 6\.\nRows 1 to 5 are as they were written\.\n$/,
    );
  });

  it('finds it whole where somebody says that the restore was theirs, and where no head of the lost time is given', async () => {
    const ran = await run('verify', '--head', kept, '--head', lost, '--restored-at', '6');
    expect(ran.status).toBe(0);
    expect(ran.output).toMatch(
      /^The audit trail is whole: 9 rows\..*\nThe trail was restored from .*\nThe printed head of row 10 is of the time that was lost\.\nIt holds every other head that was given\.\n$/,
    );
    await expect(run('verify', '--head', kept)).resolves.toMatchObject({
      status: 0,
      output: expect.stringContaining('The trail was restored from a backup'),
    });
    await expect(run('verify', '--head', kept, '--restored-at', '5')).resolves.toMatchObject({
      status: 1,
      output: expect.stringContaining('Row 5 does not say that the trail was restored there.'),
    });
  });

  it('does not let a consumer go on as if nothing had happened', async () => {
    await expect(run('export', '--from', '11')).resolves.toMatchObject({
      status: 1,
      output: '',
      errors: expect.stringContaining('the last row is 9. It was cut off or restored'),
    });
  });
});

describe('npm run audit on a file', () => {
  let house: AuditHouse;
  let folder: string;
  let copy: string;
  const verify = (path: string) =>
    runCommand(['verify'], { DATABASE_URL: `sqlite:${path}`, AUDIT_KEY: auditKey.reveal((key) => key) });

  beforeEach(async () => {
    house = buildSqliteAuditHouse();
    folder = mkdtempSync(join(tmpdir(), 'locksmith-copy of #1? '));
    copy = join(folder, 'copy %41.db');
    await (await house.open()).close();
    await fillTrail(house.url, 3000);
    copyFileSync(house.url.slice('sqlite:'.length), copy);
  });

  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await house.remove();
  });

  it('leaves nothing beside a copy, and nothing in it', async () => {
    const before = statSync(copy).mtimeMs;
    await expect(verify(copy)).resolves.toMatchObject({ status: 0, output: expect.stringContaining('3000 rows') });
    await runCommand(['export', '--from', '2999'], { DATABASE_URL: `sqlite:${copy}` });
    expect(readdirSync(folder)).toStrictEqual(['copy %41.db']);
    expect(statSync(copy).mtimeMs).toBe(before);
  });

  it('reads what stands in a log beside the file too', async () => {
    const store = await house.open();
    await store.resets.record({ at: 1, kind: 'question-refused', actor: 'x', facts: {} }, undefined);
    const path = house.url.slice('sqlite:'.length);
    copyFileSync(path, copy);
    copyFileSync(`${path}-wal`, `${copy}-wal`);
    await store.close();
    await expect(verify(copy)).resolves.toMatchObject({ status: 0, output: expect.stringContaining('3001 rows') });
  });

  it('takes a copy with an empty log beside it for what it is', async () => {
    writeFileSync(`${copy}-wal`, '');
    await expect(verify(copy)).resolves.toMatchObject({ status: 0 });
    expect(existsSync(`${copy}-shm`)).toBe(false);
  });

  it('reads on beside a bot that starts in the middle', async () => {
    const trail = await openTrail(new Secret(house.url));
    const first = await trail.rows(undefined, 10);
    const store = await house.open();
    await store.resets.record({ at: 1, kind: 'question-refused', actor: 'x', facts: {} }, undefined);
    expect(await trail.rows(undefined, 10)).toStrictEqual(first);
    const answer = await verifyChain({ trail, chain: createAuditChain(auditKey) });
    expect(answer).toMatchObject({ kind: 'whole', rows: 3001 });
    await trail.close();
    await store.close();
  });

  it.each([
    [
      'a text',
      (path: string) => writeFileSync(path, 'nothing but text\n'.repeat(100)),
      /no database of Locksmith’s\. \(not-ours\)/,
    ],
    [
      'a half of the file',
      (path: string) => truncateSync(path, 400_000),
      /damaged, or a part of it is missing\. \(damaged\)/,
    ],
    [
      'a database of somebody else',
      (path: string) => {
        replace(path, 'create table invoices (id integer)');
      },
      /no database of Locksmith’s\. \(not-ours\)/,
    ],
    [
      'a database of somebody else who keeps migrations as we do',
      (path: string) => {
        replace(path, "create table kysely_migration (name text); insert into kysely_migration values ('1-invoices')");
      },
      /no database of Locksmith’s\. \(not-ours\)/,
    ],
    ['nothing', (path: string) => truncateSync(path, 0), /is there and empty.*\(schema-empty\)/],
  ])('says in one sentence what is wrong with it: %s', async (_what, make, says) => {
    make(copy);
    const ran = await verify(copy);
    expect(ran).toMatchObject({ status: 2, output: '', errors: expect.stringMatching(says) });
    expect(ran.errors.trimEnd()).not.toContain('\n');
  });

  function replace(path: string, statements: string): void {
    rmSync(path);
    const database = new DatabaseSync(path);
    database.exec(statements);
    database.close();
  }
});

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Writable } from 'node:stream';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Migrator } from 'kysely/migration';
import { exportTrail } from '../../../src/audit/export-trail.ts';
import { Secret } from '../../../src/secret.ts';
import { systemRandom } from '../../../src/random.ts';
import { keepKey } from '../../../src/store/keep-key.ts';
import { migrations } from '../../../src/store/migrations.ts';
import { openDatabase } from '../../../src/store/open-database.ts';
import { openTrail } from '../../../src/store/open-trail.ts';
import { auditKey } from '../../support/audit-key.ts';
import { fillTrail } from '../../support/fill-trail.ts';
import { buildSqliteAuditHouse, type AuditHouse } from './audit-house.ts';
import { runCommand } from './run-command.ts';

const root = resolve(import.meta.dirname, '../../..');
const head = `1:${'a'.repeat(64)}`;

describe('npm run audit', () => {
  it.each([
    [[], /^Usage: npm run audit/],
    [['verfy'], /^The command is neither verify nor export/],
    [['verify', 'now'], /^now is one word too many/],
    [['verify', '--head', '12'], /^--head is not NUMBER:HASH/],
    [['verify', '--haed', head], /^There is no such option/],
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
      errors: expect.stringMatching(/^The audit trail cannot be read\. .*\(unreachable\)/),
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
    const store = await house.open(keepKey(join(folder, 'audit.key'), systemRandom.bytes));
    await store.resets.record({ at: 1, kind: 'question-refused', actor: 'x', facts: {} }, undefined);
    await expect(runCommand(['verify'], { DATABASE_URL: house.url })).resolves.toMatchObject({ status: 0 });
    writeFileSync(join(folder, 'audit.key'), 'not a key\n');
    await expect(runCommand(['verify'], { DATABASE_URL: house.url })).resolves.toMatchObject({ status: 2 });
    await store.close();
  });

  it('says up to which record nothing protects a trail that is older than its chain', async () => {
    const database = openDatabase(new Secret(house.url), 'bot', undefined);
    const provider = { getMigrations: () => Promise.resolve(migrations) };
    await new Migrator({ db: database.db, provider }).migrateTo('0008-token-cache');
    await database.close();
    await house.run(`insert into audit_records (number, at, kind, actor, instance, facts)
      values (1, 5, 'hidden', 'x', 'old', '{}'), (2, 6, 'hidden', 'x', 'old', '{}'); update audit_head set number = 2`);
    const store = await house.open();
    await store.resets.record({ at: 7, kind: 'question-refused', actor: 'x', facts: {} }, undefined);
    await store.close();
    const environment = { DATABASE_URL: house.url, AUDIT_KEY: auditKey.reveal((key) => key) };
    const ran = await runCommand(['verify'], environment);
    expect(ran).toMatchObject({ status: 0, output: expect.stringMatching(/^The audit trail is whole: 3 rows/) });
    expect(ran.output).toContain('Rows 1 to 2 were written before it was chained: nothing protects them.');
    const exported = await runCommand(['export'], environment);
    expect(exported.output.split('\n')[0]).toMatch(/^\{"id":"locksmith-1",.*"hash":""\}$/);
    await house.tamper("update audit_records set hash = '' where number = 3");
    await expect(runCommand(['verify'], environment)).resolves.toMatchObject({ status: 1 });
  });

  it('ends quietly when whoever reads its records goes away, as a real process', async () => {
    const store = await house.open();
    await fillTrail(house.url, 2000);
    const command = `(${process.execPath} src/commands/audit.ts export; echo status $? >&2) | head -c 100`;
    const env = { PATH: process.env['PATH'], DATABASE_URL: house.url };
    const ran = await promisify(execFile)('sh', ['-c', command], { cwd: root, env });
    expect(ran.stderr).toBe('status 0\n');
    expect(ran.stdout).toMatch(/^\{"id":"locksmith-1-[0-9a-f]{16}","time":"2026-07-01T00:00:00.000Z","event":\{/);
    await store.close();
  }, 60_000);

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
    const counted = { rows: (after: number | undefined, atMost: number) => ((read += 1), trail.rows(after, atMost)) };
    await expect(exportTrail(counted, 1, slow)).resolves.toStrictEqual({ kind: 'done', lines: 1200, next: 1201 });
    expect(most).toBe(1);
    await trail.close();
    await store.close();
  });
});

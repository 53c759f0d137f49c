import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Migrator } from 'kysely/migration';
import { exportTrail } from '../../../src/audit/export-trail.ts';
import { systemRandom } from '../../../src/random.ts';
import { Secret } from '../../../src/secret.ts';
import { openTrail } from '../../../src/store/audit-log/open-trail.ts';
import { migrations } from '../../../src/store/database/migrations.ts';
import { openDatabase } from '../../../src/store/database/open-database.ts';
import { readOrCreateKey } from '../../../src/store/sealer.ts';
import { auditKey } from '../../support/audit-key.ts';
import { fillTrail } from '../../support/fill-trail.ts';
import { type AuditHouse, buildSqliteAuditHouse } from './audit-house.ts';
import { runCommand } from './run-command.ts';

const head = `1:${'a'.repeat(64)}`;

describe('npm run audit', () => {
  it.each([
    [[], /^Usage: npm run audit/],
    [['verfy'], /^The command is neither verify nor export/],
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
    const store = await house.open(readOrCreateKey(join(folder, 'audit.key'), systemRandom.bytes));
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

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
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { verifyChain } from '../../../src/audit/verify-chain.ts';
import { Secret } from '../../../src/secret.ts';
import { createAuditChain } from '../../../src/store/audit-log/audit-chain.ts';
import { openTrail } from '../../../src/store/audit-log/open-trail.ts';
import { auditKey } from '../../support/audit-key.ts';
import { fillTrail } from '../../support/fill-trail.ts';
import { type AuditHouse, buildSqliteAuditHouse } from './audit-house.ts';
import { runCommand } from './run-command.ts';

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
    ['nothing', (path: string) => truncateSync(path, 0), /older Locksmith, or is empty/],
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

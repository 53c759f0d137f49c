import { copyFileSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { backUpSqlite } from '../../../src/store/backup.ts';
import type { Store } from '../../../src/store/open-store.ts';
import { auditKey } from '../../support/audit-key.ts';
import { type AuditHouse, buildSqliteAuditHouse } from './audit-house.ts';
import { runCommand } from './run-command.ts';

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

import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditKey } from '../../support/audit-key.ts';
import { fillTrail } from '../../support/fill-trail.ts';
import { type AuditHouse, buildSqliteAuditHouse } from './audit-house.ts';

const root = resolve(import.meta.dirname, '../../..');
const [full, why] = existsSync('/dev/full') ? [it, ''] : [it.skip, ' (skipped: no /dev/full here)'];

function isObject(line: string): boolean {
  const value: unknown = JSON.parse(line);
  return typeof value === 'object' && value !== null;
}

describe('npm run audit as a real process', () => {
  let house: AuditHouse;
  let folder: string;
  const run = async (command: string) => {
    const env = {
      PATH: process.env['PATH'],
      DATABASE_URL: house.url,
      AUDIT_KEY: auditKey.reveal((key) => key),
      AUDIT: `${process.execPath} src/commands/audit.ts`,
    };
    return promisify(execFile)('sh', ['-c', command], { cwd: root, env, maxBuffer: 2 ** 26 });
  };

  beforeAll(async () => {
    house = buildSqliteAuditHouse();
    folder = dirname(house.url.slice('sqlite:'.length));
    await (await house.open()).close();
    await fillTrail(house.url, 2000);
  });

  afterAll(() => house.remove());

  it('ends quietly when whoever reads goes away', async () => {
    const ran = await run(
      '($AUDIT export; echo status $? >&2) | head -c 100; ($AUDIT verify; echo status $? >&2) | true',
    );
    expect(ran.stderr).toBe('status 0\nstatus 0\n');
    expect(ran.stdout).toMatch(/^\{"id":"locksmith-1-[0-9a-f]{16}","time":"2026-07-01T00:00:00.000Z","event":\{/);
  });

  full(`says in a sentence that what it writes to is full${why}`, async () => {
    const ran = await run('$AUDIT export > /dev/full; echo status $?; $AUDIT verify > /dev/full; echo status $?');
    expect(ran).toStrictEqual({
      stdout: 'status 1\nstatus 2\n',
      stderr: 'The records could not be written (ENOSPC).\nWhat was found could not be written (ENOSPC).\n',
    });
    const silent = await run(
      '$AUDIT verfy 2> /dev/full; echo status $?; $AUDIT export --from 9999 2> /dev/full; echo status $?',
    );
    expect(silent).toStrictEqual({ stdout: 'status 2\nstatus 1\n', stderr: '' });
  });

  it('takes a log with 200,000 heads', async () => {
    const { stdout } = await run('$AUDIT export --from 2000');
    const hash = /"hash":"([0-9a-f]{64})"\}$/m.exec(stdout)?.[1];
    const log = join(folder, 'bot.log');
    writeFileSync(log, `{"event":"audit-head","number":2000,"hash":"${hash}"}\n`.repeat(200_000));
    const ran = await run(`$AUDIT verify --heads ${log}`);
    expect(ran.stdout).toContain('It holds all 200000 heads that were given, the latest of row 2000.');
  });

  it('writes lines of JSON and nothing else when npm is told to be silent', async () => {
    const ran = await run('npm run --silent audit -- export --from 1998');
    expect(ran.stdout.trimEnd().split('\n').map(isObject)).toStrictEqual([true, true, true]);
    expect(ran.stderr).toBe('Records written: 3. Next time: --from 2001\n');
  });
});

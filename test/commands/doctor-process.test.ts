import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import metadata from '../../package.json' with { type: 'json' };
import { installSteps } from '../../src/commands/doctor/checks.ts';
import { openStore } from '../../src/store/open-store.ts';
import { systemClock } from '../../src/base/clock.ts';
import { Secret } from '../../src/base/secret.ts';
import { startOpenIdProvider } from '../support/openid-provider.ts';
import { productionEnvironment } from '../support/production-environment.ts';

const root = resolve(import.meta.dirname, '../..');
/** A proxy that nobody plays: nothing outside of this machine is asked. */
const noNetwork = {
  OUTBOUND_PROXY: 'http://127.0.0.1:9',
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppPassword: 'CANARY',
};

describe('npm run doctor, as a process', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'locksmith-doctor-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const run = (env: Readonly<Record<string, string>>, line = metadata.scripts.doctor) =>
    new Promise<{ readonly text: string; readonly status: number }>((done) => {
      const command = line.replace('--require ./env-file.cjs ', '');
      const PATH = `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`;
      execFile('sh', ['-c', command], { cwd: root, env: { PATH, ...env } }, (failure, stdout, stderr) => {
        done({ text: `${stdout}${stderr}`, status: failure === null ? 0 : Number(failure.code) });
      });
    });

  it.each<[string, (env: Record<string, string>) => void, RegExp]>([
    ['a setting that is missing', (env) => delete env['AUDIT_KEY'], /^not made yet  settings +AUDIT_KEY is not set$/m],
    ['a setting that is malformed', (env) => (env['PORT'] = 'x'), /^WRONG +settings +PORT is not a port/m],
    [
      'a policy that is not written',
      (env) => {
        rmSync(env['POLICY_FILE'] ?? '');
      },
      /^not made yet  policy +/m,
    ],
    [
      'a policy with a fault',
      (env) => {
        writeFileSync(env['POLICY_FILE'] ?? '', '{"technicans":[]}');
      },
      /^WRONG +policy +.*technicans/m,
    ],
    ['a database that is not made', () => undefined, /^not made yet  store +/m],
    [
      'a file that is no database',
      () => {
        writeFileSync(join(folder, 'l.db'), 'no database, long enough for its header to be read as one. '.repeat(20));
      },
      /^WRONG +store +/m,
    ],
    [
      'a server that does not answer',
      (env) => (env['DATABASE_URL'] = 'postgres://locksmith@127.0.0.1:9/locksmith'),
      /^NOT REACHABLE store +/m,
    ],
    ['no network', () => undefined, /^NOT REACHABLE clock +/m],
  ])('names %s, with what to do, the step and status 1', async (_what, plant, says) => {
    const environment = { ...productionEnvironment(folder, `sqlite:${folder}/l.db`), ...noNetwork };
    plant(environment);
    const { text, status } = await run(environment);
    expect(text).toMatch(says);
    expect(text).toMatch(new RegExp(`→ .* \\(docs/install\\.md, step \\d of ${installSteps}\\)$`, 'm'));
    expect(text).not.toMatch(/CANARY|^\s+at /m);
    expect(status).toBe(1);
  });

  it('names another key, and what Microsoft Entra refuses', async () => {
    const environment = productionEnvironment(folder, `sqlite:${folder}/l.db`);
    const auditKey = new Secret(Buffer.alloc(32, 9).toString('base64'));
    const url = new Secret(environment['DATABASE_URL'] ?? '');
    await (await openStore({ url, clock: systemClock, instance: 'first', auditKey })).close();
    const clientId = environment['PARTNER_CENTER_CLIENT_ID'] ?? '';
    const entra = await startOpenIdProvider({ tenantId: clientId, clientId, secret: 'another one' });
    try {
      const routes = { 'https://login.microsoftonline.com': entra.url, 'https://': 'http://127.0.0.1:9/' };
      const { text, status } = await run(
        { ...environment, COMMAND: 'doctor', ROUTES: JSON.stringify(routes) },
        'node --require ./node-version.cjs test/support/run-routed.ts',
      );
      expect(text).toMatch(/^WRONG +audit key +/m);
      expect(text).toMatch(/^REFUSED +application +.*does not accept the application/m);
      expect(text).toMatch(/^not made yet  sign-in +/m);
      expect(text).not.toMatch(/CANARY|^\s+at /m);
      expect(status).toBe(1);
    } finally {
      await entra.close();
    }
  }, 60_000);
});

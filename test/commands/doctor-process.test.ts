import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import metadata from '../../package.json' with { type: 'json' };
import { routeFetch } from '../../src/app/outbound-proxy.ts';
import { realPlatform } from '../../src/app/platform.ts';
import { installSteps } from '../../src/commands/doctor/checks.ts';
import { runDoctor } from '../../src/commands/doctor/run-doctor.ts';
import { readOutboundProxy } from '../../src/config/index.ts';
import { openStore } from '../../src/store/open-store.ts';
import { systemClock } from '../../src/base/clock.ts';
import { Secret } from '../../src/base/secret.ts';
import { startOpenIdProvider } from '../support/openid-provider.ts';
import { startProcess } from '../support/start-process.ts';
import { freePort } from '../support/free-port.ts';
import { productionEnvironment } from '../support/production-environment.ts';

const root = resolve(import.meta.dirname, '../..');
/** A proxy that no one plays: nothing outside of this machine is asked. */
const noNetwork = {
  OUTBOUND_PROXY: 'http://127.0.0.1:9',
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppPassword: 'CANARY',
};

/** The administrator of a machine may open everything. */
const ordinaryUser = process.getuid?.() === 0 ? { uid: 65_534 } : {};

describe('npm run doctor, as a process', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'locksmith-doctor-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** With another audit key than the environment's. */
  async function makeDatabase(environment: Readonly<Record<string, string>>): Promise<void> {
    const auditKey = new Secret(Buffer.alloc(32, 9).toString('base64'));
    const url = new Secret(environment['DATABASE_URL'] ?? '');
    await (await openStore({ url, clock: systemClock, instance: 'first', auditKey })).close();
  }

  const run = (env: Readonly<Record<string, string>>, line = metadata.scripts.doctor, user: { uid?: number } = {}) =>
    new Promise<{ readonly text: string; readonly status: number }>((done) => {
      const command = line.replace('--require ./env-file.cjs ', '');
      const PATH = `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`;
      execFile('sh', ['-c', command], { cwd: root, env: { PATH, ...env }, ...user }, (failure, stdout, stderr) => {
        done({ text: `${stdout}${stderr}`, status: failure === null ? 0 : Number(failure.code) });
      });
    });

  /** The same without a process of its own, which takes a second for each. The way by the proxy is taken back for what comes next. */
  async function runHere(environment: Readonly<Record<string, string>>) {
    const lines: string[] = [];
    const outboundProxy = readOutboundProxy(environment);
    const takeBack = routeFetch(outboundProxy);
    try {
      const status = await runDoctor({
        environment,
        platform: { ...realPlatform, outboundProxy },
        print: (line) => lines.push(line),
        errors: new PassThrough(),
      });
      return { status, text: lines.join('\n') };
    } finally {
      takeBack();
    }
  }

  const expectNamed = ({ text, status }: { readonly text: string; readonly status: number }, says: RegExp): void => {
    expect(text).toMatch(says);
    expect(text).toMatch(new RegExp(`^ *→ .* \\(docs/install\\.md, step \\d of ${installSteps}\\)$`, 'm'));
    expect(text).not.toMatch(/CANARY|^\s+at /m);
    expect(status).toBe(1);
  };

  it('names that there is no network, with what to do, the step and status 1', async () => {
    const environment = { ...productionEnvironment(folder, `sqlite:${folder}/l.db`), ...noNetwork };
    expectNamed(await run(environment), /^NOT REACHABLE clock +/m);
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
  ])('names %s, with what to do, the step and status 1', async (_what, plant, says) => {
    const environment = { ...productionEnvironment(folder, `sqlite:${folder}/l.db`), ...noNetwork };
    plant(environment);
    expectNamed(await runHere(environment), says);
  });

  it('says of a database of another user whose it has to be, and calls no other remedy', async () => {
    mkdirSync(join(folder, 'data'));
    const environment = { ...productionEnvironment(folder, `sqlite:${folder}/data/l.db`), ...noNetwork };
    await makeDatabase(environment);
    chmodSync(folder, 0o755);
    chmodSync(join(folder, 'data'), 0);
    const { text, status } = await run(environment, metadata.scripts.doctor, ordinaryUser);
    expect(text).toMatch(
      /^REFUSED +store +A file or folder of the database cannot be opened: [^\n]+ \(14\)\n +→ .*chown/m,
    );
    expect(text).not.toMatch(/Compare DATABASE_URL|^\s+at /m);
    expect(status).toBe(1);
  });

  it('looks at nothing that the policy names where there is no policy', async () => {
    const environment = { ...productionEnvironment(folder, `sqlite:${folder}/l.db`), ...noNetwork };
    rmSync(join(folder, 'policy.json'));
    const { text } = await runHere(environment);
    for (const name of ['policy customers', 'graph'])
      expect(text).toMatch(new RegExp(`^– +${name} +not looked at: the policy comes first$`, 'm'));
  });

  it('looks beside a sandbox at its database and keys, and says whether it runs', async () => {
    const settings = {
      DATABASE_URL: `sqlite:${folder}/l.db`,
      PORT: String(await freePort()),
      PLAYGROUND: 'off',
      PLAYGROUND_PORT: '0',
    };
    const before = await run(settings);
    expect(before.text).toMatch(/^These are the settings of the sandbox[^\n]+\n$/);
    const bot = startProcess(settings);
    await bot.prints(/"event":"listening"/);
    const beside = await run(settings);
    for (const name of ['store', 'sealing key', 'audit tables', 'audit key'])
      expect(beside.text).toMatch(new RegExp(`^ok +${name} `, 'm'));
    expect(beside.text).toMatch(/^ok +bot +answers at http:\/\/127\.0\.0\.1:\d+, and is ready$/m);
    expect(beside.status).toBe(0);
    await bot.end();
    const after = await run(settings);
    expect(after.text).toMatch(/^– +bot +none answers at .*: npm start starts it$/m);
    expect(after.status).toBe(0);
    rmSync(join(folder, 'audit.key'));
    const keyless = await run(settings);
    expect(keyless.text).toMatch(/^WRONG +keys +.*audit\.key beside it is not\n +→ Put the keys back/m);
    expect(keyless.status).toBe(1);
  }, 60_000);

  it('names another key, and what Microsoft Entra refuses', async () => {
    const environment = productionEnvironment(folder, `sqlite:${folder}/l.db`);
    await makeDatabase(environment);
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

import { execFile } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import metadata from '../../package.json' with { type: 'json' };
import { usages } from '../../src/commands/usages.ts';

const root = resolve(import.meta.dirname, '../..');
const names = Object.entries(usages);
const scripts: Readonly<Record<string, string>> = metadata.scripts;
const [full, why] = existsSync('/dev/full') ? [it, ''] : [it.skip, ' (skipped: no /dev/full here)'];

describe('every npm script of Locksmith', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'locksmith-commands-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /**
   * Runs the script's own line in a shell, with `node` as npm finds it and a database of its own. The `.env` of the machine
   * that runs the tests is left out: what it names may be real.
   */
  async function run(name: string, words: string, behind = '', settings: Readonly<Record<string, string>> = {}) {
    const env = {
      PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`,
      DATABASE_URL: `sqlite:${join(folder, 'locksmith.db')}`,
      ...settings,
    };
    const command = scripts[name]?.replace('--require ./env-file.cjs ', '');
    const line = `(${command} ${words}; echo "status $?" >&2) ${behind}`;
    return promisify(execFile)('sh', ['-c', line], { cwd: root, env });
  }

  it('has a usage and an entry, and reads .env where it is started', () => {
    const entries = readdirSync(join(root, 'src/commands'))
      .map((file) => basename(file, '.ts'))
      .filter((file) => scripts[file] !== undefined);
    expect(Object.keys(usages).toSorted()).toEqual([...new Set([...entries, 'start'])].toSorted());
    for (const [name] of names) {
      expect(scripts[name]).toMatch(
        /^node --require \.\/node-version\.cjs --require \.\/env-file\.cjs src\/[\w/]+\.ts$/,
      );
    }
  });

  it.each(names)('npm run %s -- --help says what it does and how it ends, and starts nothing', async (name, usage) => {
    const { stdout, stderr } = await run(name, '--help');
    expect(stdout).toBe(usage);
    expect(stderr).toBe('status 0\n');
    expect(usage).toMatch(/Status 0: [^]*1: [^]*2: /);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each(['start', 'doctor', 'cards', 'package', 'example', 'licences'])(
    'npm run %s takes no words, and starts nothing where some are given',
    async (name) => {
      const { stdout, stderr } = await run(name, 'surprise');
      expect(stdout).toBe('');
      expect(stderr).toMatch(/ takes no words\.\n\nUsage: npm [^]*\nstatus 2\n$/);
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it.each(['doctor', 'example'])('npm run %s prints no stack when whoever reads goes away', async (name) => {
    expect((await run(name, '', '| true')).stderr).toMatch(/^(?:[^\n]+ …\n)*status 0\n$/);
  });

  full(`says in a sentence that what it writes to is full${why}`, async () => {
    expect((await run('doctor', '', '> /dev/full')).stderr).toBe(
      'What was found could not be written (ENOSPC).\nstatus 1\n',
    );
  });

  it('npm run package without a bot says that the package cannot be uploaded, with a status other than 0', async () => {
    const { stdout, stderr } = await run('package', '');
    expect(stdout).toMatch(/It cannot be uploaded: no bot is named/);
    expect(stderr).toMatch(/status 1\n$/);
  });

  it('npm run package names an address that is none, and writes nothing', async () => {
    const { stdout, stderr } = await run('package', '', '', { APP_PRIVACY_URL: 'http://fabrikam.example' });
    expect(stdout).toBe('');
    expect(stderr).toBe('The app package was not written:\n  - APP_PRIVACY_URL is not an https address\nstatus 1\n');
  });

  it('names a file that this user may not write, without a stack', async () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed);
    chmodSync(folder, 0o755);
    chmodSync(closed, 0o555);
    // The administrator of a machine may write everywhere.
    const user = process.getuid?.() === 0 ? { uid: 65_534 } : {};
    const line = `node --require ${root}/node-version.cjs ${root}/src/commands/package.ts; echo "status $?" >&2`;
    const PATH = `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`;
    const { stderr } = await promisify(execFile)('sh', ['-c', line], { cwd: closed, env: { PATH }, ...user });
    rmSync(closed, { recursive: true });
    // On a busy machine it says meanwhile what it is at.
    expect(stderr.replace('Making the app package …\n', '')).toBe(
      'build: this user may not do that here. Which command runs as whom: docs/install.md, step 4. (EACCES)\nstatus 1\n',
    );
  });

  it('npm start ends in a sentence when nothing takes what it prints', async () => {
    const { stderr } = await run('start', '', '| true', { PLAYGROUND: 'off', PORT: '0' });
    expect(stderr).toMatch(
      /^(?:[^\n]+\n)*Locksmith ends: what it prints is not taken any more \(EPIPE\)\.\nstatus 1\n$/,
    );
    expect(stderr).not.toMatch(/^\s+at /m);
  }, 60_000);
});

describe('the file .env', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'locksmith-env-file-'));
    copyFileSync(join(root, 'env-file.cjs'), join(folder, 'env-file.cjs'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  async function printed(settings: Readonly<Record<string, string>> = {}): Promise<string> {
    const ran = await promisify(execFile)(
      process.execPath,
      ['--require', './env-file.cjs', '--print', 'process.env.LOG_LEVEL'],
      { cwd: folder, env: { PATH: process.env['PATH'], ...settings } },
    );
    return `${ran.stdout}${ran.stderr}`;
  }

  it('is read where there is one, and nothing is said where there is none', async () => {
    await expect(printed()).resolves.toBe('undefined\n');
    writeFileSync(join(folder, '.env'), '# how much is logged\nLOG_LEVEL=debug\n');
    await expect(printed()).resolves.toBe('debug\n');
  });

  it('counts less than the environment', async () => {
    writeFileSync(join(folder, '.env'), 'LOG_LEVEL=debug\n');
    await expect(printed({ LOG_LEVEL: 'error' })).resolves.toBe('error\n');
  });

  it('is refused where it sets what Node has read before', async () => {
    writeFileSync(join(folder, '.env'), 'NODE_ENV=production\nNODE_EXTRA_CA_CERTS=/etc/authority.pem\n');
    await expect(printed()).rejects.toMatchObject({
      code: 1,
      stderr: 'NODE_EXTRA_CA_CERTS stands in .env, which is too late for Node: set it in the environment.\n',
    });
    await expect(printed({ NODE_EXTRA_CA_CERTS: '' })).resolves.toBe('undefined\n');
  });

  it('is named where it cannot be read', async () => {
    rmSync(join(folder, '.env'), { force: true });
    mkdirSync(join(folder, '.env'));
    await expect(printed()).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^The file \.env cannot be read \(\w+\)\. [^\n]+\n$/),
    });
  });
});

describe('what npm says of the machine’s Node after an installation', () => {
  async function said(userAgent: string): Promise<string> {
    const line = metadata.scripts.postinstall;
    const env = { PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`, npm_config_user_agent: userAgent };
    return (await promisify(execFile)('sh', ['-c', line], { cwd: root, env })).stdout;
  }

  it('is explained where it is older than what Locksmith runs on', async () => {
    await expect(said('npm/10.8.2 node/v20.20.2 linux x64 workspaces/false')).resolves.toBe(
      `The warnings EBADENGINE are about this machine's own Node 20.20.2, which Locksmith does not use: every npm script runs on Node ${metadata.devDependencies.node}, which was just installed beside it.\n`,
    );
  });

  it.each(['npm/11.0.0 node/v24.21.0 linux x64', 'npm/11.0.0 node/v26.1.0 linux x64', ''])(
    'is nothing where npm runs on %p',
    async (userAgent) => {
      await expect(said(userAgent)).resolves.toBe('');
    },
  );
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { type BotProcess, startProcess } from '../support/start-process.ts';

const root = resolve(import.meta.dirname, '../..');

/** Whether somebody listens at Node's port for its inspector. */
async function isInspectorOpen(): Promise<boolean> {
  const socket = connect(9229, '127.0.0.1');
  return new Promise((answer) => {
    socket.on('connect', () => answer(true));
    socket.on('error', () => answer(false));
  }).then((open: unknown) => {
    socket.destroy();
    return open === true;
  });
}

describe('the inspector', () => {
  let program: BotProcess | undefined;
  const folder = mkdtempSync(join(tmpdir(), 'locksmith-inspector-'));
  afterEach(() => program?.end('SIGKILL'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it.each<[string, string[]]>([
    ['as the image starts it', ['--disable-sigusr1']],
    ['as npm starts it', []],
  ])('is not opened by SIGUSR1, and the bot goes on (%s)', async (_how, options) => {
    const settings = { PORT: '0', PLAYGROUND: 'off', DATABASE_URL: `sqlite:${join(folder, 'locksmith.db')}` };
    program = startProcess(settings, 'src/main.ts', options);
    const [, url = ''] = await program.prints(/The bot +(http:\S+)\/api\/messages/);
    process.kill(program.pid, 'SIGUSR1');
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect(program.printed()).not.toContain('Debugger listening');
    expect(await isInspectorOpen()).toBe(false);
    expect(await program.end()).toBe(0);
  });

  it('is not opened while the bot is still being loaded', async () => {
    program = startProcess({ BEGIN: 'yes' }, 'test/app/print-signals.ts');
    await program.prints(/hears/);
    process.kill(program.pid, 'SIGUSR1');
    process.kill(program.pid, 'SIGTERM');
    await program.prints(/told/);
    expect(program.printed()).toBe('hears\ntold\n');
  });

  it('is not opened by the signal where only the check of the version is loaded', async () => {
    program = startProcess({}, 'test/app/print-and-wait.cjs', []);
    await program.prints(/waits/);
    process.kill(program.pid, 'SIGUSR1');
    await program.prints(/still waits/);
    expect(program.printed()).not.toContain('Debugger listening');
  });

  it('is forbidden before anything else in every script, and from the first moment in the image', () => {
    const metadata: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(
      readFileSync(resolve(root, 'package.json'), 'utf8'),
    );
    const runs = Object.values(metadata.scripts).flatMap((script) => script.split(' && '));
    const ours = runs.filter((script) => /^node .*\bsrc\//.test(script));
    expect(ours.length).toBeGreaterThan(7);
    for (const script of ours) expect(script).toMatch(/^node --require \.\/node-version\.cjs /);
    const image = readFileSync(resolve(root, 'deploy/Dockerfile'), 'utf8');
    const starts = [...image.matchAll(/(?:CMD|ENTRYPOINT) \[(?:"prlimit", "--core=0", )?"node", (\S+)/g)].map(
      ([, first]) => first,
    );
    expect(starts).toEqual(['"--disable-sigusr1",', '"--disable-sigusr1",']);
  });
});

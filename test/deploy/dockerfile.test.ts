import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createServer } from 'node:http';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import metadata from '../../package.json' with { type: 'json' };

const root = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const stages = read('deploy/Dockerfile')
  .split(/^FROM /m)
  .slice(1);
const last = stages.at(-1) ?? '';
const wordsOf = (instruction: string, text: string): readonly (readonly string[])[] =>
  [...text.matchAll(new RegExp(`^${instruction} (.+)$`, 'gm'))].map(([, rest = '']) => rest.split(' '));
const copied = stages.flatMap((stage) =>
  wordsOf('COPY', stage).flatMap((words) => (words[0]?.startsWith('--from') === true ? [] : words.slice(0, -1))),
);

describe('the image', () => {
  it('copies what is there, and lets it through to the builder', () => {
    const letThrough = new Set(read('deploy/Dockerfile.dockerignore').split('\n'));
    expect(copied.length).toBeGreaterThan(4);
    for (const path of copied) {
      expect({ path, isThere: existsSync(join(root, path)) }).toEqual({ path, isThere: true });
      expect(letThrough).toContain(`!${path}`);
    }
  });

  it('has production dependencies only, and runs none of their scripts', () => {
    expect(wordsOf('RUN npm', stages[0] ?? '')).toEqual([['ci', '--omit=dev', '--ignore-scripts']]);
    expect(last).not.toContain('npm');
  });

  it('is not root, asks for its own health, and starts without a shell', () => {
    expect(last).toMatch(/^USER node$/m);
    expect(last.indexOf('USER node')).toBeLessThan(last.indexOf('ENTRYPOINT'));
    expect(last).toMatch(/HEALTHCHECK [^\n]*\\\n {2}CMD \["node", "--disable-sigusr1", /);
    expect(last).toContain('/readyz');
    const [entry] = /^ENTRYPOINT (\[.+\])$/m.exec(last)?.slice(1) ?? [];
    expect(JSON.parse(entry ?? '[]')).toEqual([
      'prlimit',
      '--core=0',
      'node',
      '--disable-sigusr1',
      '--require',
      './node-version.cjs',
      'src/main.ts',
    ]);
    expect(metadata.scripts.start).toBe('node --require ./node-version.cjs --require ./env-file.cjs src/main.ts');
  });

  it('compiles what it starts, as the user who runs it, who cannot change it afterwards', async () => {
    const [, user, node = ''] = /setpriv --reuid=(\w+) --regid=\w+ --clear-groups (node [^&]+) &&/.exec(last) ?? [];
    expect(last).toMatch(new RegExp(`^USER ${user}$`, 'm'));
    expect(last).toMatch(/&& chown -R root: node_modules\/\.cache /);
    const env = { PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`, NODE_DISABLE_COMPILE_CACHE: '1' };
    const ran = new Promise<string>((done) => {
      execFile('sh', ['-c', node], { cwd: root, env }, (failure, _stdout, stderr) => {
        done(failure === null ? '' : stderr);
      });
    });
    expect(await ran).toBe('');
  });

  it('keeps the database on the volume where nobody says otherwise', () => {
    const [volume] = wordsOf('VOLUME', last)[0] ?? [];
    expect(wordsOf('ENV', last).flat()).toContain(`DATABASE_URL=sqlite:${volume}/locksmith.db`);
  });

  it.each([
    ['127.0.0.1', undefined],
    ['127.0.0.1', '0.0.0.0'],
    ['127.0.0.2', '127.0.0.2'],
  ])('asks at %s where HOST is %s', async (address, HOST) => {
    const [command = ''] = /HEALTHCHECK [^\n]*\\\n {2}CMD (\[.+\])$/m.exec(last)?.slice(1) ?? [];
    const [, ...parts] = z.array(z.string()).parse(JSON.parse(command));
    let status = 200;
    const bot = createServer((request, response) => {
      // Another test of the same worker may have loaded restify, whose `writeHead` returns nothing.
      response.statusCode = request.url === '/readyz' ? status : 404;
      response.end();
    });
    bot.listen(0, address);
    await once(bot, 'listening');
    const at = bot.address();
    const PORT = typeof at === 'object' && at !== null ? String(at.port) : '';
    const check = () =>
      new Promise<number>((done) => {
        execFile(process.execPath, parts, { env: { PORT, ...(HOST && { HOST }) } }, (failure) => {
          done(failure === null ? 0 : 1);
        });
      });
    expect(await check()).toBe(0);
    status = 503;
    expect(await check()).toBe(1);
    bot.close();
  });

  it('asks for the Node that the bot needs', () => {
    expect(read('deploy/Dockerfile')).toMatch(/^ARG NODE_IMAGE=node:24-/m);
    expect(metadata.engines.node).toBe('>=24');
  });
});

describe('what runs in the image', () => {
  /** Every file that is loaded before anybody asks for the sandbox, and every package that it takes. */
  const files = new Set<string>();
  const packages = new Set<string>();
  for (const entry of ['src/main.ts', ...entriesOfCommands()]) load(entry);

  function entriesOfCommands(): readonly string[] {
    const forAnOperator = ['audit', 'consent', 'doctor', 'backup'];
    return forAnOperator.map((name) => `src/commands/${name}.ts`).filter((path) => existsSync(join(root, path)));
  }

  function load(file: string): void {
    if (files.has(file)) return;
    files.add(file);
    if (!file.endsWith('.ts')) return;
    const text = read(file);
    for (const [, name = ''] of [
      ...text.matchAll(/^(?:import|export|\}) ?[^;'"`=]*\bfrom '([^']+)'(?: with [^;]+)?;$/gm),
      ...text.matchAll(/\bimport\('([^']+)'\)/g),
    ]) {
      // The sandbox alone is loaded by no one in production.
      if (name.startsWith('./sandbox/')) continue;
      if (name.startsWith('.')) load(join(dirname(file), name));
      else if (!name.startsWith('node:')) packages.add(name.split('/', name.startsWith('@') ? 2 : 1).join('/'));
    }
  }

  it.each([
    ['doctor', '', /^not made yet +settings +/m],
    ['consent', '', /^Nobody can sign in yet:/],
    ['audit', 'verify', /^There is no database yet/],
    ['backup', 'copy.db', /^There is no such database yet/],
  ])('npm run %s runs in a copy of what is copied', async (name, words, says) => {
    const folder = mkdtempSync(join(tmpdir(), 'locksmith-image-'));
    try {
      for (const path of copied) {
        cpSync(join(root, path), join(folder, path), {
          recursive: true,
          filter: (from) => !from.startsWith(join(root, 'src/sandbox')),
        });
      }
      symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
      const scripts: Readonly<Record<string, string>> = metadata.scripts;
      const ran = new Promise<string>((done) => {
        const PATH = `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`;
        const env = { PATH, NODE_ENV: 'production', DATABASE_URL: `sqlite:${folder}/none.db` };
        execFile('sh', ['-c', `${scripts[name]} ${words}`], { cwd: folder, env }, (_failure, stdout, stderr) => {
          done(stdout + stderr);
        });
      });
      await expect(ran).resolves.toMatch(says);
      await expect(ran).resolves.not.toContain('Cannot find module');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('takes only packages that are installed there', () => {
    expect(files.size).toBeGreaterThan(150);
    expect([...packages].filter((name) => !Object.hasOwn(metadata.dependencies, name))).toEqual([]);
  });

  it('is copied into it, and is nothing of the sandbox', () => {
    const inside = (file: string) => copied.some((path) => file === path || file.startsWith(`${path}/`));
    expect([...files].filter((file) => !inside(file) || file.startsWith('src/sandbox/'))).toEqual([]);
    expect(readdirSync(join(root, 'cards')).length).toBeGreaterThan(0);
  });
});

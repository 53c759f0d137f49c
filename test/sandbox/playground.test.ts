import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LogEvent } from '../../src/base/log.ts';
import { playgroundConfig } from '../../src/sandbox/playground-config.ts';
import { PlaygroundError, type PlaygroundOptions, startPlayground } from '../../src/sandbox/playground.ts';
import { own } from '../support/own.ts';
import { tryPort } from '../support/try-port.ts';

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
describe('the Playground', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'playground-test-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const begin = (options: Partial<PlaygroundOptions> = {}) =>
    startPlayground({ port: 0, botUrl: 'http://127.0.0.1:9/api/messages', dataFolder: folder, ...options });

  /** A stand-in for the Playground's script. */
  const script = async (text: string): Promise<string> => {
    const path = join(await mkdtemp(join(folder, 'script-')), 'script.cjs');
    await writeFile(path, text);
    return path;
  };

  const failureOf = async (work: Promise<unknown>): Promise<PlaygroundError> => {
    const outcome = await work.then(
      () => 'it started',
      (error: unknown) => error,
    );
    if (outcome instanceof PlaygroundError) return outcome;
    throw new Error(`no PlaygroundError: ${String(outcome)}`);
  };

  it('tells the bot of the people and chats of its own configuration', async () => {
    const playground = await begin();
    try {
      const { personalChat, currentUser, tenantId } = playgroundConfig;
      const chat = `${playground.url}/_connector/v3/conversations/${encodeURIComponent(personalChat.id)}`;
      const answer = await fetch(`${chat}/members/${encodeURIComponent(currentUser.id)}`);
      expect(await answer.json()).toMatchObject({
        id: currentUser.id,
        name: 'Robin Ashford',
        aadObjectId: currentUser.aadObjectId,
        tenantId,
      });
    } finally {
      await playground.stop();
    }
  });

  it('leaves no file behind, neither while it runs nor when it is stopped', async () => {
    const data = join(folder, 'made-by-it');
    const playground = await begin({ dataFolder: data });
    await fetch(`${playground.url}/_debug/ping`);
    expect(await readdir(data)).toEqual([]);
    await playground.stop();
    expect(await readdir(data)).toEqual([]);
  });

  it('is gone when it was stopped, and may be stopped again', async () => {
    const events: LogEvent[] = [];
    const playground = await begin({ log: (event) => events.push(event) });
    await playground.stop();
    await playground.stop();
    expect(await tryPort('127.0.0.1', Number(new URL(playground.url).port))).toBe('shut');
    expect(events).toEqual([]);
  });

  it('says which setting to change when its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = addressOf(other.address());
    const error = await failureOf(begin({ port }));
    expect(error.code).toBe('port-taken');
    expect(error.message).toContain(`port ${port}`);
    expect(error.message).toContain('PLAYGROUND_PORT');
    other.close();
  });

  it('hands on what it said about a configuration it dislikes', async () => {
    const error = await failureOf(begin({ config: { ...playgroundConfig, users: [] } }));
    expect(error.code).toBe('ended-early');
    expect(error.output).toContain('/users');
  });

  it('fails when the process ends before it can be used', async () => {
    const error = await failureOf(begin({ program: await script('console.log("no good"); process.exitCode = 1;') }));
    expect(error).toMatchObject({ code: 'ended-early', output: 'no good\n' });
  });

  it('fails, and ends the process, when it is not ready in time', async () => {
    let act = (): void => undefined;
    const clock = {
      now: () => 0,
      after: (_: number, later: () => void) => {
        act = later;
        return () => undefined;
      },
    };
    const met = Promise.withResolvers<Socket>();
    const silent = createTcpServer(met.resolve);
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = addressOf(silent.address());
    const program = await script(`require('node:net').connect(${port}, '127.0.0.1'); setInterval(() => {}, 1e6);`);
    const failure = failureOf(begin({ program, clock }));
    const socket = await met.promise;
    const closed = new Promise((resolve) => socket.on('error', resolve).on('close', resolve).resume());
    act();
    expect((await failure).code).toBe('did-not-answer');
    await closed;
    silent.close();
  });

  it('fails when there is no such Node', async () => {
    expect((await failureOf(begin({ node: join(folder, 'no-node') }))).code).toBe('could-not-run');
  });

  it('writes an event when it ends by itself', async () => {
    const program = await script(`
      const server = require('node:http').createServer((request, response) => {
        response.end(() => request.url === '/end' && process.exit(7));
      });
      server.listen(0, () => console.log('Listening on ' + server.address().port));`);
    const logged = Promise.withResolvers<LogEvent>();
    const playground = await begin({ program, log: logged.resolve });
    await fetch(`${playground.url}/end`);
    expect(await logged.promise).toEqual({ level: 'error', event: 'playground-ended', status: 7 });
    await playground.stop();
  });

  it('ends when the process that started it is killed', async () => {
    const module = new URL('../../src/sandbox/playground.ts', import.meta.url).href;
    const parent = spawn(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `import { startPlayground } from ${JSON.stringify(module)};
         const { url } = await startPlayground({ port: 0, botUrl: 'http://127.0.0.1:9/', dataFolder: process.argv[1] });
         process.stdout.write(url);`,
        folder,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [url]: readonly unknown[] = await once(parent.stdout, 'data');
    const port = Number(new URL(String(url)).port);
    const held = connect(port, '127.0.0.1');
    await once(held, 'connect');
    parent.kill('SIGKILL');
    await once(held.resume(), 'close');
    // A process that ends closes its sockets one by one, the one that listens perhaps last.
    while ((await tryPort('127.0.0.1', port)) === 'open');
  });
});

describe('the Playground’s company', () => {
  it('has Entra ids that are GUIDs, five people beside the one who types, and no id twice', () => {
    const { tenantId, bot, currentUser, users, personalChat, groupChat, team } = playgroundConfig;
    expect(users).toHaveLength(5);
    expect(bot.name).toBe('Locksmith');
    const people = [currentUser, ...users];
    const entraIds = [tenantId, team.aadGroupId, bot.id.replace('28:', ''), ...people.map((one) => one.aadObjectId)];
    for (const id of entraIds) expect(id).toMatch(guid);
    const ids = [...people.map((one) => one.id), personalChat.id, groupChat.id, team.id, team.channels[0].id];
    expect(new Set([...entraIds, ...ids]).size).toBe(entraIds.length + ids.length);
  });
});

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (typeof address === 'object' && address !== null) return address;
  throw new Error('the server does not listen on a port');
}

const onLinux = existsSync('/proc/net/tcp') ? it : it.skip;
const whyNot = existsSync('/proc/net/tcp') ? '' : ' (skipped: no /proc/net/tcp on this system)';
const otherAddresses = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .filter((address) => !address.internal && !address.address.startsWith('fe80'))
  .map((address) => address.address);

describe('the Playground, held to this machine,', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'playground-test-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const begin = (options: Partial<PlaygroundOptions> = {}) =>
    startPlayground({ port: 0, botUrl: 'http://127.0.0.1:9/api/messages', dataFolder: folder, ...options });

  /** What a stand-in for the Playground's script prints until it ends. */
  const outputOf = async (text: string): Promise<unknown> => {
    const program = join(await mkdtemp(join(folder, 'script-')), 'script.cjs');
    await writeFile(program, text);
    return begin({ program }).then(
      () => 'it started',
      (error: unknown) => own(error, 'output'),
    );
  };

  it('serves its page on 127.0.0.1 and on no other address of this machine', async () => {
    const playground = await begin();
    try {
      const page = await fetch(playground.url);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('Agents Playground');
      const port = Number(new URL(playground.url).port);
      for (const host of ['::1', ...otherAddresses])
        expect(`${host} ${await tryPort(host, port)}`).toBe(`${host} shut`);
    } finally {
      await playground.stop();
    }
  });

  onLinux(`listens on no socket that is open to others, as the kernel tells${whyNot}`, async () => {
    const playground = await begin();
    try {
      const port = Number(new URL(playground.url).port);
      expect(await listeningAddresses('/proc/net/tcp', port)).toEqual(['0100007F']);
      expect(await listeningAddresses('/proc/net/tcp6', port)).toEqual([]);
    } finally {
      await playground.stop();
    }
  });

  it.each([
    ['a port', '0'],
    ['a port and a listener', '0, () => {}'],
    ['a port as text', "'0'"],
    ['nothing', ''],
    ['only a listener', '() => {}'],
    ['every interface', "0, '0.0.0.0'"],
    ['every interface of version 6', "0, '::', 5"],
    ['options', "{ port: 0, host: '::' }"],
  ])('is held to 127.0.0.1 when it listens by %s', async (_, given) => {
    const output = await outputOf(`
      const server = require('node:net').createServer();
      server.on('listening', () => { console.log(server.address().address); server.close(); process.exit(); });
      server.listen(${given});`);
    expect(output).toBe('127.0.0.1\n');
  });

  it.each([
    ['a name', "require('node:net').connect(443, 'platform.example')"],
    ['an address', "require('node:net').connect({ port: 443, host: '192.0.2.1' })"],
    ['https', "require('node:https').get('https://192.0.2.1/')"],
  ])('reaches no other machine by %s', async (_, expression) => {
    const output = await outputOf(
      `${expression}.on('error', (error) => { console.log(error.message); process.exit(); });`,
    );
    expect(output).toBe('The Playground is held to this machine.\n');
  });
});

/** The addresses, as the kernel writes them, of the sockets that listen on `port`: https://docs.kernel.org/networking/proc_net_tcp.html. */
async function listeningAddresses(table: string, port: number): Promise<readonly string[]> {
  const hexadecimal = port.toString(16).toUpperCase().padStart(4, '0');
  const lines = (await readFile(table, 'utf8')).split('\n').map((line) => line.trim().split(/\s+/));
  return lines.flatMap(([, local = '', , state]) => {
    const [address = '', at] = local.split(':');
    return state === '0A' && at === hexadecimal ? [address] : [];
  });
}

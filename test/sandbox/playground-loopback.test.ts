import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PlaygroundOptions } from '../../src/sandbox/playground/start-playground.ts';
import { startPlayground } from '../../src/sandbox/playground/start-playground.ts';
import { own } from '../support/own.ts';
import { tryPort } from '../support/try-port.ts';

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
    ['a name', "require('node:net').connect(443, 'outside.example')"],
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

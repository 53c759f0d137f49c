import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, connect, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { findPostgres, startPostgres, type PostgresServer } from '../support/postgres.ts';
import { productionEnvironment } from '../support/production-environment.ts';
import { startQuietProxy, type QuietProxy } from '../support/quiet-proxy.ts';
import { startProcess, type BotProcess } from '../support/start-process.ts';

const halfABody =
  'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{';
const longest = 10_000;
const programs = findPostgres();
const onPostgres = programs.kind === 'found' ? it : it.skip;
const why = programs.kind === 'found' ? '' : ` (skipped: ${programs.why})`;

describe('a process that is told to end', () => {
  let folder: string;
  let server: PostgresServer | undefined;
  let proxy: QuietProxy | undefined;
  let webhook: Server;
  const hanging = new Set<Socket>();
  const started: BotProcess[] = [];

  beforeAll(async () => {
    if (programs.kind === 'found') server = await startPostgres(programs, { fsync: false });
  }, 60_000);
  afterAll(() => server?.stop());

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'locksmith-ending-'));
    // Takes a connection and never says anything, not even the first word of TLS.
    webhook = createServer((socket) => {
      hanging.add(socket);
      socket.on('error', () => undefined);
    }).listen(0, '127.0.0.1');
    await once(webhook, 'listening');
  });

  afterEach(async () => {
    for (const bot of started.splice(0)) await bot.end('SIGKILL');
    for (const socket of hanging) socket.destroy();
    hanging.clear();
    webhook.close();
    await proxy?.stop();
    proxy = undefined;
    rmSync(folder, { recursive: true });
  });

  function run(environment: Readonly<Record<string, string>>): BotProcess {
    const bot = startProcess(environment);
    started.push(bot);
    return bot;
  }

  async function untilListening(bot: BotProcess): Promise<number> {
    const [, port] = await bot.prints(/"event":"listening","url":"http:\/\/127\.0\.0\.1:(\d+)"/);
    return Number(port);
  }

  async function end(bot: BotProcess, signal: NodeJS.Signals = 'SIGTERM') {
    const told = Date.now();
    const status = await bot.end(signal);
    return { status, milliseconds: Date.now() - told };
  }

  const environment = (databaseUrl: string) => productionEnvironment(folder, databaseUrl);
  const alone = () => environment(`sqlite:${join(folder, 'locksmith.db')}`);
  const withHangingWebhook = () => {
    const address = webhook.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return { ALERT_WEBHOOK_URL: `https://127.0.0.1:${port}/hook` };
  };

  async function leaveHalfABody(port: number): Promise<Socket> {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    hanging.add(socket);
    await once(socket, 'connect');
    await new Promise((resolve) => socket.write(halfABody, resolve));
    return socket;
  }

  onPostgres(
    `ends within ten seconds when the database has gone silent, the webhook hangs and half a request is there, and says what did not end${why}`,
    async () => {
      const url = new URL((await server?.createDatabase()) ?? '');
      proxy = await startQuietProxy(Number(url.port));
      url.port = String(proxy.port);
      const bot = run({ ...environment(url.href), ...withHangingWebhook() });
      const port = await untilListening(bot);
      await leaveHalfABody(port);
      expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
      proxy.goQuiet();
      const { status, milliseconds } = await end(bot);
      expect({ status, inTime: milliseconds < longest, milliseconds }).toMatchObject({ status: 0, inTime: true });
      expect(bot.printed()).toContain('"event":"end-given-up","part":"database"');
      expect(bot.printed()).toContain('"event":"stopped"');
    },
    60_000,
  );

  it('ends within ten seconds when the webhook hangs and half a request is there', async () => {
    const bot = run({ ...alone(), ...withHangingWebhook() });
    await leaveHalfABody(await untilListening(bot));
    await bot.prints(/"event":"alarm"/);
    const { status, milliseconds } = await end(bot);
    expect({ status, inTime: milliseconds < longest, milliseconds }).toMatchObject({ status: 0, inTime: true });
    expect(bot.printed()).toContain('"event":"alarm-failed"');
  }, 60_000);

  it('serves on for a moment after it has told a load balancer not to send any more', async () => {
    const bot = run(alone());
    const port = await untilListening(bot);
    const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    expect((await ask('/readyz')).status).toBe(200);
    const ended = end(bot);
    let ready = await ask('/readyz');
    while (ready.status === 200) ready = await ask('/readyz');
    expect(ready.status).toBe(503);
    expect(ready.headers.get('connection')).toBe('close');
    const message = await fetch(`http://127.0.0.1:${port}/api/messages`, { method: 'POST', body: '{}' });
    expect([401, 415]).toContain(message.status);
    const { status, milliseconds } = await ended;
    expect(status).toBe(0);
    expect(milliseconds).toBeGreaterThan(2000);
    expect(milliseconds).toBeLessThan(6000);
  }, 60_000);

  it('ends at once where nobody has asked whether it is ready, as on a machine of its own', async () => {
    const bot = run(alone());
    await untilListening(bot);
    const { status, milliseconds } = await end(bot);
    expect(status).toBe(0);
    expect(milliseconds).toBeLessThan(2000);
  }, 60_000);

  it('ends at once by Ctrl-C in the sandbox, whoever asked what', async () => {
    const bot = run({ PORT: '0', PLAYGROUND: 'off', DATABASE_URL: `sqlite:${join(folder, 'sandbox.db')}` });
    const port = await untilListening(bot);
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    const { status, milliseconds } = await end(bot, 'SIGINT');
    expect(status).toBe(0);
    expect(milliseconds).toBeLessThan(2000);
  }, 60_000);

  it('ends once, and in order, however often it is told to', async () => {
    const bot = run(alone());
    const port = await untilListening(bot);
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    process.kill(bot.pid, 'SIGTERM');
    let status = 200;
    while (status === 200) ({ status } = await fetch(`http://127.0.0.1:${port}/readyz`));
    process.kill(bot.pid, 'SIGINT');
    expect((await end(bot)).status).toBe(0);
    expect(bot.printed().match(/"event":"stopped"/g)).toHaveLength(1);
  }, 60_000);

  onPostgres(
    `hears that it shall end while it starts and waits for another one to bring the tables up to date${why}`,
    async () => {
      const url = (await server?.createDatabase()) ?? '';
      const other = new Client({ connectionString: url });
      await other.connect();
      await other.query('select pg_advisory_lock(3853314791062309107)');
      const bot = run(environment(url));
      await bot.prints(/"event":"migration-waits"/);
      const { status, milliseconds } = await end(bot);
      await other.end();
      expect(status).toBe(0);
      expect(milliseconds).toBeLessThan(6000);
      expect(bot.printed()).toContain('"event":"end-given-up","part":"start"');
    },
    60_000,
  );
});

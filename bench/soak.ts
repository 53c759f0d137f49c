import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { buildCrashHouse, type CrashHouse } from '../test/crash/crash-house.ts';
import { openCase } from '../test/crash/open-case.ts';
import { freePort } from '../test/support/free-port.ts';
import { createLightConnector } from './light-connector.ts';
import { sendMessages } from './send-messages.ts';

const minutes = Number(process.env['SOAK_MINUTES'] ?? 10);
const root = resolve(import.meta.dirname, '..');

const plenty = 1_000_000;
const policy = {
  technicians: ['*'],
  approvers: ['*'],
  auditors: ['*'],
  limits: { perTechnicianPerHour: plenty, perCustomerPerHour: plenty, perUserPerDay: plenty, overallPerHour: plenty },
};

/** What the bot's process holds at one moment. */
type Holding = {
  readonly megabytes: number;
  readonly heap: number | undefined;
  readonly descriptors: number;
  readonly sockets: number;
};

/**
 * `SOAK_MINUTES=60 node bench/soak.ts`: the bot in a process of its own, with messages, resets, refusals and reloads of the
 * policy all the time, and what it holds after a warm-up of a tenth of it, in the middle and at the end. With
 * `NODE_OPTIONS=--max-old-space-size=256` it has as little memory as in a small container, and is seen to need no more.
 */
async function soak(say: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'locksmith-soak-'));
  const policyFile = join(folder, 'policy.json');
  writeFileSync(policyFile, JSON.stringify(policy));
  const [house, light, metricsPort] = [await buildCrashHouse(), await createLightConnector(), await freePort()];
  const child = spawn(process.execPath, ['--require', './node-version.cjs', 'src/main.ts'], {
    cwd: root,
    env: {
      NODE_OPTIONS: process.env['NODE_OPTIONS'] ?? '',
      PLAYGROUND: 'off',
      PORT: '0',
      METRICS_PORT: String(metricsPort),
      DATABASE_URL: `sqlite:${join(folder, 'locksmith.db')}`,
      PARTNER_CENTER_BASE_URL: house.toPartnerCenter.url,
      POLICY_FILE: policyFile,
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await untilReady(child.stdout);
  const done = { messages: 0, resets: 0, refusals: 0, reloads: 0 };
  const over = new AbortController();
  const work = Promise.all([
    again(async () => {
      await sendMessages(url, { serviceUrl: light.url, text: 'help', count: 20, atOnce: 4 });
      done.messages += 20;
    }),
    again(async () => {
      await resetOne(house, url);
      done.resets += 1;
    }),
    again(async () => {
      await refuseSome(url);
      done.refusals += 3;
    }),
    again(async () => {
      done.reloads += 1;
      const changed = `${policyFile}.next`;
      const isGood = done.reloads % 3 > 0;
      writeFileSync(
        changed,
        isGood ? JSON.stringify({ ...policy, showPasswordForMinutes: 10 + (done.reloads % 5) }) : '{',
      );
      renameSync(changed, policyFile);
      await wait(1000);
    }),
  ]);
  for (const [when, part] of [
    ['after a warm-up', 0.1],
    ['in the middle', 0.4],
    ['at the end', 0.5],
  ] as const) {
    await wait(minutes * 60_000 * part);
    const { megabytes, heap, descriptors, sockets } = await look(child.pid, metricsPort);
    say(
      `${when}: ${megabytes.toFixed(0)} MB of memory, ${heap?.toFixed(0) ?? '?'} MB of it heap in use, ${descriptors} descriptors, ` +
        `${sockets} of them sockets; so far ${done.messages} messages, ${done.resets} resets, ${done.refusals} refusals, ${done.reloads} reloads`,
    );
  }
  over.abort();
  await work;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const [status] = await ended;
  say(`it ended with status ${String(status)} when it was told to`);
  await house.close();
  await light.close();
  rmSync(folder, { recursive: true });

  async function again(act: () => Promise<void>): Promise<void> {
    while (!over.signal.aborted) await act();
  }
}

async function resetOne(house: CrashHouse, url: string): Promise<void> {
  const bot = { url };
  const one = openCase(house);
  await one.ask(bot);
  await one.confirm(bot);
  await house.bell.until('a password', () => one.password());
  await one.acknowledge(bot);
}

/** Things that are turned away: not JSON, too large, no activity. */
async function refuseSome(url: string): Promise<void> {
  for (const body of ['{', `"${'x'.repeat(300 * 1024)}"`, '{"type":"message"}']) {
    const answer = await fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    await answer.arrayBuffer();
    if (answer.status < 400 || answer.status >= 500) throw new Error(`a refusal was answered with ${answer.status}`);
  }
  await wait(50);
}

async function look(pid: number | undefined, metricsPort: number): Promise<Holding> {
  const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  const descriptors = readdirSync(`/proc/${pid}/fd`);
  const sockets = descriptors.filter((name) => readTarget(`/proc/${pid}/fd/${name}`).startsWith('socket:'));
  const text = await fetch(`http://127.0.0.1:${metricsPort}/metrics`).then(
    (answer) => answer.text(),
    () => '',
  );
  const [, bytes] = /^nodejs_heap_size_used_bytes (\S+)$/m.exec(text) ?? [];
  return {
    megabytes: Number(kilobytes) / 1024,
    heap: bytes === undefined ? undefined : Number(bytes) / 1024 / 1024,
    descriptors: descriptors.length,
    sockets: sockets.length,
  };
}

function readTarget(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

async function untilReady(output: NodeJS.ReadableStream): Promise<string> {
  const lines = createInterface(output);
  for await (const line of lines) {
    const [address] = /http:\/\/127\.0\.0\.1:\d+(?=\/api\/messages)/.exec(line) ?? [];
    if (address !== undefined) {
      lines.close();
      output.resume();
      return address;
    }
  }
  throw new Error('the bot ended before it listened');
}

await soak((line) => {
  process.stdout.write(`${line}\n`);
});

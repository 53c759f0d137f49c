import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Bell } from '../support/bell.ts';
import { own } from '../support/own.ts';
import { pauseFile } from './pause-file.ts';
import type { BotOrder, BotSettings } from './bot-orders.ts';

/** A step that a bot has committed, which process that was, and when the test heard of it. */
export type SeenStep = { readonly kind: string; readonly state: string; readonly by: number; readonly at: number };

/** A bot in a process of its own. */
export type Bot = {
  readonly pid: number;
  readonly url: string;
  /** When it began to listen, and how many milliseconds after it was started that was. */
  readonly since: number;
  readonly startedIn: number;
  /** How long its leases are, in milliseconds. */
  readonly lease: number;
  /** Everything it has printed, standard error included. */
  readonly lines: readonly string[];
  /** Those among them that hold a head of the audit trail. */
  readonly heads: readonly string[];
  readonly steps: readonly SeenStep[];
  isGone(): boolean;
  /** Resolves when the order was taken. */
  order(order: BotOrder): Promise<void>;
  /** Sends a signal; with SIGKILL and SIGTERM, resolves when the process is gone. */
  signal(signal: 'SIGKILL' | 'SIGTERM' | 'SIGCONT'): Promise<void>;
  /** Resolves to its exit code when it is gone. */
  readonly gone: Promise<unknown>;
};

const root = resolve(import.meta.dirname, '../..');
const compileCache = join(tmpdir(), 'locksmith-compile-cache');

/** Starts a bot; it listens when this resolves. Rings the bell at each line it prints. It ends with this process. */
export async function startBot(settings: BotSettings, bell: Bell): Promise<Bot> {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, 'run-bot.ts'), JSON.stringify(settings)], {
    cwd: root,
    // The code of a bot is compiled once for all of them.
    env: { NODE_COMPILE_CACHE: compileCache },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const began = Date.now();
  const lines: string[] = [];
  const heads: string[] = [];
  const steps: SeenStep[] = [];
  let gone = false;
  let ordersTaken = 0;
  let ordersGiven = 0;
  const hear = (line: string): void => {
    lines.push(line);
    const said = readLine(line);
    if (own(said, 'event') === 'audit-head') heads.push(line);
    const [kind, state] = [own(said, 'kind'), own(said, 'state')];
    if (own(said, 'event') === 'step' && typeof kind === 'string' && typeof state === 'string') {
      steps.push({ kind, state, by: child.pid ?? 0, at: Date.now() });
    }
    if (own(said, 'event') === 'order-taken') ordersTaken += 1;
    bell.ring();
  };
  for (const stream of [child.stdout, child.stderr]) if (stream) createInterface(stream).on('line', hear);
  const exited = once(child, 'close').then(([code]: unknown[]) => {
    gone = true;
    bell.ring();
    return code;
  });
  const url = await bell.until('a bot listens', () => {
    if (gone) throw new Error(`the bot ended before it listened: ${lines.join('\n')}`);
    const listening = lines.map(readLine).find((said) => own(said, 'event') === 'listening');
    const address = own(listening, 'url');
    return typeof address === 'string' ? address : undefined;
  });
  const lease = lines.map(readLine).find((said) => own(said, 'event') === 'durations');
  return {
    pid: child.pid ?? 0,
    url,
    since: Date.now(),
    startedIn: Date.now() - began,
    lease: Number(own(lease, 'lease')),
    lines,
    heads,
    steps,
    isGone: () => gone,
    async order(order) {
      ordersGiven += 1;
      const number = ordersGiven;
      // One that has died meanwhile takes no more orders, which is no failure.
      child.send(order, () => undefined);
      await bell.until('an order is taken', () => (gone || ordersTaken >= number ? true : undefined));
    },
    async signal(signal) {
      rmSync(pauseFile(child.pid ?? 0), { force: true });
      child.kill(signal);
      if (signal !== 'SIGCONT') await exited;
    },
    gone: exited,
  };
}

function readLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { own } from '../test/support/own.ts';
import { createLightConnector } from './light-connector.ts';
import { type Figure, median, type Report, shareOf } from './figures.ts';
import { sendMessages } from './send-messages.ts';

const rounds = 7;
const perRound = 1500;
const atOnce = 16;
const starts = 5;
const root = resolve(import.meta.dirname, '..');

/**
 * Messages a second through the whole pipeline (server, gate, adapter, bot, store, answer through the connector) beside a
 * bare botbuilder bot on restify, in turns, each in a process of its own.
 */
export async function benchMessages({ say, figure }: Report): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'locksmith-pipeline-'));
  const connector = await createLightConnector();
  const ours = await startProgram('src/main.ts', sandboxIn(folder));
  const bare = await startProgram('bench/pipeline-echo.ts', {});
  const bots = [
    runsOf('Locksmith, whole pipeline, answered in a line', ours, 'thanks'),
    runsOf('Locksmith, whole pipeline, answered with a card', ours, 'help'),
    runsOf('bare botbuilder echo on restify', bare, 'help'),
  ] as const;
  for (let round = -1; round < rounds; round += 1) {
    // In turns, so that whatever else the machine does falls on both.
    for (const bot of round % 2 === 0 ? bots : bots.toReversed()) {
      const [posted, processor, began] = [connector.posted(), bot.program.processorSeconds(), performance.now()];
      const times = await sendMessages(bot.program.url, {
        serviceUrl: connector.url,
        text: bot.text,
        count: perRound,
        atOnce,
      });
      const seconds = (performance.now() - began) / 1000;
      const answered = connector.posted() - posted;
      if (answered < perRound) throw new Error(`${bot.name} answered ${answered} of ${perRound}`);
      // The first round is there to warm up.
      if (round < 0) continue;
      bot.perSecond.push(perRound / seconds);
      bot.processor.push(((bot.program.processorSeconds() - processor) * 1000) / perRound);
      bot.times.push(...times);
    }
  }
  for (const { name, perSecond, processor, times } of bots) {
    say(
      `${name}: ${median(perSecond).toFixed(0)} messages a second, ${atOnce} at once (answered in ` +
        `${median(times).toFixed(1)} ms, p99 ${shareOf(times, 0.99).toFixed(1)} ms), ${median(processor).toFixed(2)} ms of processor each`,
    );
  }
  const [inALine, withACard, echo] = bots;
  for (const [what, runs] of [
    ['answered in a line', inALine],
    ['answered with a card', withACard],
  ] as const) {
    const ratios = runs.perSecond.map((speed, round) => speed / (echo.perSecond[round] ?? NaN));
    const goal = { is: 'at-least', value: 1 } as const;
    figure({
      name: `messages ${what} over the bare echo`,
      unit: '/s',
      ours: median(runs.perSecond),
      beside: median(echo.perSecond),
      ratio: median(ratios),
      goal,
    });
    figure({
      name: `messages ${what} by processor time`,
      unit: '/s of processor',
      ours: 1000 / median(runs.processor),
      beside: 1000 / median(echo.processor),
      goal,
    });
  }
  await ours.end();
  await bare.end();
  await connector.close();
  rmSync(folder, { recursive: true });
}

type Program = Awaited<ReturnType<typeof startProgram>>;

/** What the rounds of one program came to. */
type Runs = {
  readonly name: string;
  /** What is said to it. */
  readonly text: string;
  readonly program: Program;
  readonly perSecond: number[];
  readonly processor: number[];
  readonly times: number[];
};

function runsOf(name: string, program: Program, text: string): Runs {
  return { name, text, program, perSecond: [], processor: [], times: [] };
}

/**
 * How long a start takes, until the bot is ready and until it has answered a first message, and how much memory a bot holds that has
 * nothing to do; beside the bare bot, in turns.
 */
export async function benchStarts({ say, figure }: Report): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'locksmith-start-'));
  const connector = await createLightConnector();
  const cache = { NODE_COMPILE_CACHE: join(folder, 'cache') };
  const measured = (): { ready: number[]; answered: number[]; megabytes: number } => {
    return { ready: [], answered: [], megabytes: 0 };
  };
  const ours = {
    name: 'Locksmith (sandbox, with the pretend Partner Center)',
    file: 'src/main.ts',
    settings: sandboxIn(folder),
    ...measured(),
  };
  const bare = {
    name: 'bare botbuilder echo on restify',
    file: 'bench/pipeline-echo.ts',
    settings: {},
    ...measured(),
  };
  // The first start compiles, and is not counted.
  for (let start = -1; start < starts; start += 1) {
    for (const { file, settings, ready, answered } of start % 2 === 0 ? [ours, bare] : [bare, ours]) {
      const began = performance.now();
      const program = await startProgram(file, { ...settings, ...cache });
      const message = { serviceUrl: connector.url, text: 'thanks', count: 1, atOnce: 1 };
      await sendMessages(program.url, message);
      if (start >= 0) {
        ready.push(program.took);
        answered.push(performance.now() - began);
      }
      await program.endInOrder();
    }
  }
  for (const peer of [ours, bare]) {
    const program = await startProgram(peer.file, { ...peer.settings, ...cache });
    await wait(5000);
    peer.megabytes = program.residentMegabytes();
    await program.end();
    say(
      `${peer.name}: ready ${median(peer.ready).toFixed(0)} ms after its start, a first message answered after ` +
        `${median(peer.answered).toFixed(0)} ms (median of ${starts}, compiled before), ${peer.megabytes.toFixed(0)} MB of memory with nothing to do`,
    );
  }
  await connector.close();
  rmSync(folder, { recursive: true });
  const most = (value: number) => ({ is: 'at-most', value }) as const;
  const compare = (name: string, what: 'ready' | 'answered', goal: Figure['goal']): void => {
    const ratio = median(ours[what].map((time, round) => time / (bare[what][round] ?? NaN)));
    figure({ name, unit: 'ms', ours: median(ours[what]), beside: median(bare[what]), ratio, goal });
  };
  compare('start to ready over the bare bot', 'ready', most(1.6));
  compare('start to a first answer over the bare bot', 'answered', undefined);
  figure({
    name: 'idle memory over the bare bot',
    unit: 'MB',
    ours: ours.megabytes,
    beside: bare.megabytes,
    goal: most(1.25),
  });
}

/** The bot as `npm start` starts it where nothing is set, with its database there and without a chat in the browser. */
function sandboxIn(folder: string): Readonly<Record<string, string>> {
  return { PLAYGROUND: 'off', PORT: '0', DATABASE_URL: `sqlite:${join(folder, 'locksmith.db')}` };
}

/** Starts a program as the image does, which prints a line with `listening` and its address, and gives the milliseconds until it did. */
async function startProgram(file: string, environment: Readonly<Record<string, string>>) {
  const began = performance.now();
  const child = spawn(process.execPath, ['--require', './node-version.cjs', join(root, file)], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let url: string | undefined;
  for await (const line of createInterface(child.stdout ?? process.stdin)) {
    const address = line.includes('"listening"') ? own(JSON.parse(line), 'url') : undefined;
    if (typeof address === 'string') {
      url = address;
      break;
    }
  }
  if (url === undefined) throw new Error(`${file} ended before it listened`);
  const took = performance.now() - began;
  child.stdout?.resume();
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  return {
    url,
    took,
    /** Time on a processor so far, from the kernel's ticks of 10 ms. */
    processorSeconds: (): number => {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ', 2)[1]?.split(' ') ?? [];
      return (Number(fields[11]) + Number(fields[12])) / 100;
    },
    residentMegabytes: (): number => {
      const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
      return Number(kilobytes) / 1024;
    },
    end: () => end('SIGKILL'),
    /** Node writes what it compiled to its cache only where a program ends in order. */
    endInOrder: () => end('SIGTERM'),
  };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { findPostgres, startPostgres } from '../test/support/postgres.ts';
import { buildCrashHouse, type CrashHouse } from '../test/crash/crash-house.ts';
import { openCase } from '../test/crash/open-case.ts';
import { own } from '../test/support/own.ts';
import type { Bot } from '../test/crash/start-bot.ts';
import { callLikeReset } from './bare-calls.ts';
import { median, type Report, shareOf } from './figures.ts';

const oneByOne = 60;
const together = 120;
const atOnce = 8;
const aloneMilliseconds = 2000;
const tripMilliseconds = 50;
const overTrips = 30;
const realDurations = { lease: 45_000, resetTry: 25_000, poll: 1000 };

/**
 * Resets passwords through the whole bot, in a process of its own, on each store: one after the other for the time from
 * click to direct message, and several at once for resets a second. Beside it, in the same run, the bare calls that a
 * reset makes to Partner Center and the connector, one after the other by `fetch`.
 */
export async function benchResets(report: Report): Promise<void> {
  const programs = findPostgres();
  const server = programs.kind === 'found' ? await startPostgres(programs) : undefined;
  for (const on of server === undefined ? [undefined] : [undefined, server]) {
    const limits = { tryMilliseconds: 10_000, retryWithinMilliseconds: 20_000 };
    // Each line that the bot prints is written before it goes on, so it prints what it prints in production and no more.
    const house = await buildCrashHouse(on, { durations: realDurations, connectorLimits: limits, logLevel: 'info' });
    await measure(house, on === undefined ? 'SQLite' : 'PostgreSQL', report);
    await house.close();
  }
  await server?.stop();
}

async function measure(house: CrashHouse, store: 'SQLite' | 'PostgreSQL', { say, figure }: Report): Promise<void> {
  const bot = await house.start();
  for (let warm = 0; warm < 5; warm += 1) await resetOne(house, bot);
  const times: number[] = [];
  const calls: number[] = [];
  for (let round = 0; round < oneByOne; round += 1) {
    times.push(await resetOne(house, bot));
    calls.push(await callBare(house));
  }
  const [ours, bare] = [median(times), median(calls)];
  const goals = store === 'SQLite' ? { overBare: 1.8, perSecond: 40 } : { overBare: 2.5, perSecond: 25 };
  figure({
    name: `click to direct message over the bare calls, ${store}`,
    unit: 'ms',
    ours,
    beside: bare,
    goal: { is: 'at-most', value: goals.overBare },
  });
  say(
    `${store}: click to direct message ${ours.toFixed(1)} ms (p99 ${shareOf(times, 0.99).toFixed(1)} ms), the bare calls ` +
      `${bare.toFixed(1)} ms (p99 ${shareOf(calls, 0.99).toFixed(1)} ms), ${(ours / bare).toFixed(2)} times`,
  );
  await measureTrips(house, bot, store, figure);
  const locksmith = await measureTogether(house, bot);
  const peer = await startBareBot(house);
  const bareBot = await measureTogether(house, peer);
  peer.end();
  const name = `${atOnce} technicians, ${store}`;
  figure({
    name: `whole resets a second, ${name}`,
    unit: '/s',
    ours: locksmith.perSecond,
    beside: undefined,
    goal: { is: 'at-least', value: goals.perSecond },
  });
  figure({
    name: `whole resets a second over a bare bot that stores nothing, ${name}`,
    unit: '/s',
    ours: locksmith.perSecond,
    beside: bareBot.perSecond,
    goal: undefined,
  });
  figure({
    name: `p99 of other people's messages, ${name} resetting`,
    unit: 'ms',
    ours: shareOf(locksmith.meanwhile, 0.99),
    beside: undefined,
    goal: { is: 'at-most', value: 20 },
  });
  figure({
    name: `the same over a bare bot that stores nothing, ${store}`,
    unit: 'ms',
    ours: shareOf(locksmith.meanwhile, 0.99),
    beside: shareOf(bareBot.meanwhile, 0.99),
    goal: undefined,
  });
  for (const [who, { perSecond, before, meanwhile }] of [
    ['Locksmith', locksmith],
    ['a bare bot that stores nothing', bareBot],
  ] as const) {
    say(
      `${store}, ${who}: ${perSecond.toFixed(1)} resets a second, ${atOnce} technicians at once, asking included; another person's message is answered in ` +
        `${median(meanwhile).toFixed(1)} ms meanwhile (p99 ${shareOf(meanwhile, 0.99).toFixed(1)} ms), in ${median(before).toFixed(1)} ms without (p99 ${shareOf(before, 0.99).toFixed(1)} ms)`,
    );
  }
}

/** Resets by several at once, and the messages of one more person before and meanwhile. */
async function measureTogether(house: CrashHouse, bot: Address) {
  for (let warm = 0; warm < 5; warm += 1) await resetOne(house, bot);
  const before = await timeMessages(house, bot, wait(aloneMilliseconds));
  const started = performance.now();
  const resets = Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let round = 0; round < together / atOnce; round += 1) await resetOne(house, bot);
    }),
  );
  const meanwhile = await timeMessages(house, bot, resets);
  return { before, meanwhile, perSecond: (together * 1000) / (performance.now() - started) };
}

type Address = Pick<Bot, 'url'>;

/** Starts the bot that makes the same calls and keeps nothing. */
async function startBareBot(house: CrashHouse): Promise<Address & { end(): void }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'bare-resets.ts'), house.toPartnerCenter.url], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const [line]: unknown[] = await once(createInterface(child.stdout ?? process.stdin), 'line');
  return { url: String(own(JSON.parse(String(line)), 'url')), end: () => void child.kill('SIGKILL') };
}

/** The milliseconds after which the messages of one more person are answered until `end` resolves, one each 20 ms. */
async function timeMessages(house: CrashHouse, bot: Address, end: Promise<unknown>): Promise<readonly number[]> {
  const other = openCase(house);
  const times: number[] = [];
  const answers: Promise<void>[] = [];
  const over = end.then(() => true);
  do {
    const said = performance.now();
    answers.push(other.say(bot, 'thanks').then(() => void times.push(performance.now() - said)));
  } while ((await Promise.race([over, wait(20)])) !== true);
  await Promise.all([end, ...answers]);
  return times;
}

/** The time from click to direct message where each call to Partner Center takes 50 ms, over the two trips that there are. */
async function measureTrips(house: CrashHouse, bot: Bot, store: string, figure: Report['figure']): Promise<void> {
  house.toPartnerCenter.delay(tripMilliseconds);
  const times: number[] = [];
  for (let round = 0; round < overTrips; round += 1) times.push(await resetOne(house, bot));
  house.toPartnerCenter.delay(0);
  figure({
    name: `click to direct message over two trips of ${tripMilliseconds} ms, ${store}`,
    unit: 'ms',
    ours: median(times),
    beside: 2 * tripMilliseconds,
    goal: { is: 'at-most', value: 1.25 },
  });
}

/** Asks, presses, and gives the milliseconds from the press until the password stands in the direct message. */
async function resetOne(house: CrashHouse, bot: Address): Promise<number> {
  const one = openCase(house);
  // Who writes stands in the roster of the chat, which the bot asks once.
  house.connector.addMember({ ...one.person, tenantId: 'here' });
  await one.ask(bot);
  const pressed = performance.now();
  const press = one.confirm(bot);
  await house.bell.until('a password', () => one.password());
  const time = performance.now() - pressed;
  await press;
  return time;
}

/** The time that the calls of one reset take without a bot. */
async function callBare(house: CrashHouse): Promise<number> {
  const { customer, user } = house.nextUser();
  const began = performance.now();
  await callLikeReset({
    partnerUrl: house.toPartnerCenter.url,
    connectorUrl: house.toConnector.url,
    customer: customer.id,
    user: user.id,
    technician: `29:bare-${user.id}`,
  });
  return performance.now() - began;
}

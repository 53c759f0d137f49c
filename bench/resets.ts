import { randomUUID } from 'node:crypto';
import { findPostgres, startPostgres } from '../test/support/postgres.ts';
import { buildCrashHouse, type CrashHouse } from '../test/crash/crash-house.ts';
import { openCase } from '../test/crash/open-case.ts';
import { own } from '../test/support/own.ts';
import type { Bot } from '../test/crash/start-bot.ts';

const oneByOne = 60;
const together = 120;
const atOnce = 8;
const realDurations = { lease: 45_000, resetTry: 25_000, poll: 1000 };

/**
 * Resets passwords through the whole bot, in a process of its own, on each store: one after the other for the time from
 * click to direct message, and several at once for resets a second. Beside it, in the same run, the bare calls that a
 * reset makes to Partner Center and the connector, one after the other by `fetch`.
 */
export async function benchResets(say: (line: string) => void): Promise<void> {
  const programs = findPostgres();
  const server = programs.kind === 'found' ? await startPostgres(programs) : undefined;
  for (const on of server === undefined ? [undefined] : [undefined, server]) {
    const limits = { tryMilliseconds: 10_000, retryWithinMilliseconds: 20_000 };
    const house = await buildCrashHouse(on, { durations: realDurations, connectorLimits: limits });
    await measure(house, on === undefined ? 'SQLite' : 'PostgreSQL', say);
    await house.close();
  }
  await server?.stop();
}

async function measure(house: CrashHouse, store: string, say: (line: string) => void): Promise<void> {
  const bot = await house.start();
  for (let warm = 0; warm < 5; warm += 1) await resetOne(house, bot);
  const times: number[] = [];
  const calls: number[] = [];
  for (let round = 0; round < oneByOne; round += 1) {
    times.push(await resetOne(house, bot));
    calls.push(await callBare(house));
  }
  const [ours, bare] = [median(times), median(calls)];
  say(
    `${store}: click to direct message ${ours.toFixed(1)} ms (p99 ${at(times, 0.99).toFixed(1)} ms), the bare calls ` +
      `${bare.toFixed(1)} ms (p99 ${at(calls, 0.99).toFixed(1)} ms), ${(ours / bare).toFixed(2)} times`,
  );
  const started = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let round = 0; round < together / atOnce; round += 1) await resetOne(house, bot);
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  say(`${store}: ${(together / seconds).toFixed(1)} resets a second, ${atOnce} technicians at once, asking included`);
}

/** Asks, presses, and gives the milliseconds from the press until the password stands in the direct message. */
async function resetOne(house: CrashHouse, bot: Bot): Promise<number> {
  const one = openCase(house);
  await one.ask(bot);
  const pressed = performance.now();
  const press = one.confirm(bot);
  await house.bell.until('a password', () => one.password());
  const time = performance.now() - pressed;
  await press;
  return time;
}

/** What one reset says to Partner Center and the connector between click and direct message, without the bot. */
async function callBare(house: CrashHouse): Promise<number> {
  const { customer, user } = house.nextUser();
  const person = `/v1/customers/${customer.id}/users/${user.id}`;
  const headers = {
    authorization: 'Bearer sandbox',
    accept: 'application/json',
    'content-type': 'application/json',
    'ms-requestid': randomUUID(),
    'ms-correlationid': randomUUID(),
  };
  const partner = (path: string, init: RequestInit = {}): Promise<unknown> =>
    callJson(house.toPartnerCenter.url + path, { ...init, headers });
  const connector = (method: string, path: string, body: object): Promise<unknown> =>
    callJson(`${house.toConnector.url}/v3/conversations${path}`, { method, headers, body: JSON.stringify(body) });
  const tenantId = '11111111-2222-4333-8444-555555555555';
  const started = performance.now();
  for (let looked = 0; looked < 2; looked += 1) {
    await Promise.all([partner(person), partner(`${person}/directoryroles`)]);
  }
  const opened = await connector('POST', '', {
    isGroup: false,
    bot: { id: '28:bot' },
    members: [{ id: `29:bare-${user.id}` }],
    tenantId,
    channelData: { tenant: { id: tenantId } },
  });
  const chat = String(own(opened, 'id'));
  const message = {
    type: 'message',
    from: { id: '28:bot' },
    conversation: { id: chat, conversationType: 'personal' },
    text: 'x',
    textFormat: 'plain',
  };
  const there = `/${encodeURIComponent(chat)}/activities`;
  const posted = await connector('POST', there, message);
  await partner(`${person}/resetpassword`, {
    method: 'PATCH',
    body: JSON.stringify({
      passwordProfile: { password: 'CANARY-Plum-otter-basin-27', forceChangePassword: true },
      attributes: { objectType: 'CustomerUser' },
    }),
  });
  await connector('PUT', `${there}/${String(own(posted, 'id'))}`, message);
  return performance.now() - started;
}

async function callJson(url: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`a bare call was answered with ${response.status}`);
  return response.json();
}

function at(times: readonly number[], share: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

function median(times: readonly number[]): number {
  return at(times, 0.5);
}

if (import.meta.main) {
  await benchResets((line) => {
    process.stdout.write(`${line}\n`);
  });
}

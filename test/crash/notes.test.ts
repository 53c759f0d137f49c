import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createPretendHaloPsa } from '../../src/sandbox/halopsa/pretend-halopsa.ts';
import { findPostgres, startPostgres } from '../support/postgres.ts';
import { buildCrashHouse, type CrashHouse, durations } from './crash-house.ts';
import { openCase } from './open-case.ts';
import { pauseFile } from './pause-file.ts';
import type { Bot } from './start-bot.ts';

const minute = 60_000;
const hour = 60 * minute;
/** A lease on a note is over by then, and so is the first wait. */
const later = 3 * minute;
const ticket = '4711';

let pretend: ReturnType<typeof createPretendHaloPsa>;
let ticketsUrl: string;
let house: CrashHouse;
/** How often the ticket system was asked to take a note. */
const asked = () => pretend.calls.filter((call) => call.startsWith('POST /api/Actions')).length;

beforeEach(async () => {
  pretend = createPretendHaloPsa();
  ({ url: ticketsUrl } = await pretend.listen());
});
afterEach(async () => {
  await house.close();
  await pretend.close();
});

const until = async (what: string, isSo: () => boolean): Promise<void> => {
  for (let looked = 0; !isSo(); looked += 1) {
    if (looked > 2400) throw new Error(`it never happened: ${what}`);
    await wait(25);
  }
};
/** Asks and confirms, and gives the case once its password is shown. */
const reset = async (bot: Bot) => {
  const one = openCase(house, 'alone', ticket);
  await one.ask(bot);
  const { value } = await one.confirm(bot);
  // Of another customer than the ticket, the first press shows that, and the second one goes on.
  if (JSON.stringify(value).includes('"id":"confirmation"')) await one.confirm(bot);
  await house.bell.until('a password', () => one.password());
  return one;
};
/** Waits until there are so many notes, looks whether there come more, and holds the trail against its key and heads. */
const expectNotes = async (users: readonly { readonly user: { readonly userPrincipalName: string } }[]) => {
  await until(`${users.length} notes`, () => pretend.actions.length >= users.length);
  await wait(1000);
  expect(pretend.actions).toHaveLength(users.length);
  for (const [at, { user }] of users.entries()) expect(pretend.actions[at]?.html).toContain(user.userPrincipalName);
  expect(await house.checkTrail('anew')).toEqual([]);
};
/** The bot is killed when it wants a note to be taken, and the note is taken or not. */
const killAtNote = (bot: Bot, kind: 'lost' | 'after'): void => {
  pretend.plant(({ method, path }) => {
    if (method !== 'POST' || path !== '/api/Actions') return undefined;
    process.kill(bot.pid, 'SIGKILL');
    pretend.plant(() => undefined);
    return { kind };
  });
};

describe('a note of a bot that is killed', () => {
  beforeEach(async () => {
    house = await buildCrashHouse(undefined, { ticketsUrl });
  });

  it('before it was begun is sent once by the next bot', async () => {
    const bot = await house.start();
    const one = openCase(house, 'alone', ticket);
    await one.ask(bot);
    await bot.order({ at: { step: 'delivered', nth: 1 }, act: 'kill' });
    await Promise.allSettled([one.confirm(bot), bot.gone]);
    await house.start({ aheadMilliseconds: later });
    await expectNotes([one]);
  });

  it.each([
    ['and was not taken', 'lost', 2],
    ['and was taken, without an answer', 'after', 1],
  ] as const)('while it was on its way %s stands there once', async (_how, kind, tries) => {
    const bot = await house.start();
    killAtNote(bot, kind);
    const one = openCase(house, 'alone', ticket);
    await one.ask(bot);
    await Promise.allSettled([one.confirm(bot)]);
    await bot.gone;
    await house.start({ aheadMilliseconds: later });
    await expectNotes([one]);
    await until('it is looked for', () => pretend.calls.some((call) => call.startsWith('GET /api/Actions')));
    expect(asked()).toBe(tries);
  });

  it.each([0, 5, 20])('%i ms after it was taken stands there once', async (milliseconds) => {
    const bot = await house.start();
    const one = await reset(bot);
    await until('a note', () => pretend.actions.length === 1);
    await wait(milliseconds);
    await bot.signal('SIGKILL');
    await house.start({ aheadMilliseconds: later });
    await expectNotes([one]);
    expect(asked()).toBe(1);
  });
});

describe('a note', () => {
  it('whose answer was lost after it was taken is looked for by the same bot, and stands there once', async () => {
    house = await buildCrashHouse(undefined, { ticketsUrl });
    const bot = await house.start();
    let lost = 0;
    pretend.plant(({ method, path }) =>
      method === 'POST' && path === '/api/Actions' && (lost += 1) === 1 ? { kind: 'after' } : undefined,
    );
    const one = await reset(bot);
    await until('it is put off', () => bot.lines.some((line) => line.includes('ticket-note-failed')));
    await house.halfAnHourPasses();
    await expectNotes([one]);
    expect(lost).toBe(1);
  });

  it('outlives a day without the system and three bots; no reset is slower, and they come in order', async () => {
    house = await buildCrashHouse(undefined, { ticketsUrl });
    pretend.plant(() => ({ kind: 'lost' }));
    const cases = [];
    for (const ahead of [0, 12 * hour, 24 * hour]) {
      const bot = await house.start({ aheadMilliseconds: ahead });
      const began = Date.now();
      cases.push(await reset(bot));
      // The look-up has two seconds, and nothing else waits.
      expect(Date.now() - began).toBeLessThan(10_000);
      await until('it is put off', () => bot.lines.some((line) => line.includes('ticket-note-failed')));
      await bot.signal('SIGKILL');
    }
    expect(pretend.actions).toEqual([]);
    pretend.plant(() => undefined);
    await house.start({ aheadMilliseconds: 40 * hour });
    await expectNotes(cases);
  });
});

const programs = findPostgres();
const [suite, name] =
  programs.kind === 'found'
    ? [describe, 'two bots on PostgreSQL']
    : [describe.skip, `two bots on PostgreSQL (skipped: ${programs.why})`];

suite(name, () => {
  it.each([
    ['was not taken', 'lost', 2],
    ['was taken, without an answer', 'after', 1],
  ] as const)(
    'take over from each other: the note of one that is killed stands there once, before the next one, where it %s',
    async (_how, kind, tries) => {
      const server = await startPostgres(programs, { fsync: false });
      // The server's clock judges the lease, so no bot's clock can be moved past its end.
      house = await buildCrashHouse(server, { ticketsUrl, durations: { ...durations, noteLease: 4000 } });
      const [killed, other] = await Promise.all([house.start(), house.start()]);
      // It takes the order when it goes on.
      const taken = other.order({ at: undefined, act: 'pause' });
      await until('it is paused', () => existsSync(pauseFile(other.pid)));
      // It may have stopped within its first removal of old rows, and the other one would find the rows locked.
      await server.untilNoTransaction();
      killAtNote(killed, kind);
      const first = openCase(house, 'alone', ticket);
      await first.ask(killed);
      await Promise.allSettled([first.confirm(killed)]);
      await killed.gone;
      await other.signal('SIGCONT');
      await taken;
      const second = await reset(other);
      await expectNotes([first, second]);
      expect(asked()).toBe(tries + 1);
      expect(other.isGone()).toBe(false);
      await house.close();
      house = await buildCrashHouse();
      await server.stop();
    },
    120_000,
  );

  it('send eight notes of one ticket once each, in order', async () => {
    const server = await startPostgres(programs, { fsync: false });
    house = await buildCrashHouse(server, { ticketsUrl });
    const bots = await Promise.all([house.start(), house.start()]);
    const cases = [];
    for (let round = 0; round < 4; round += 1) for (const bot of bots) cases.push(await reset(bot));
    await expectNotes(cases);
    expect(asked()).toBe(8);
    await house.close();
    house = await buildCrashHouse();
    await server.stop();
  }, 120_000);
});

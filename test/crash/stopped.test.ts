import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { findPostgres, startPostgres, type PostgresServer } from '../support/postgres.ts';
import type { BotSettings } from './bot-orders.ts';
import { buildCrashHouse, type CrashHouse } from './crash-house.ts';
import { findBrokenPromises } from './find-broken-promises.ts';
import { openCase, type Case } from './open-case.ts';
import type { Bot } from './start-bot.ts';

/** As in production: a call may last longer than anybody waits for a process to end. */
const patient: Partial<BotSettings> = {
  durations: { lease: 45_000, resetTry: 25_000, poll: 100 },
  connectorLimits: { tryMilliseconds: 10_000, retryWithinMilliseconds: 20_000 },
};
const programs = findPostgres();

const houses: [string, () => Promise<CrashHouse>, () => Promise<void>][] = [];
let server: PostgresServer | undefined;
houses.push(['on SQLite', () => buildCrashHouse(undefined, patient), () => Promise.resolve()]);
houses.push([
  programs.kind === 'found' ? 'on PostgreSQL' : `on PostgreSQL (skipped: ${programs.why})`,
  () => buildCrashHouse(server, patient),
  async () => {
    server = await startPostgres(programs, { fsync: false });
  },
]);

describe.each(houses)('a bot that is told to end, %s', (name, build, prepare) => {
  const test = name.includes('skipped') ? it.skip : it;
  let house: CrashHouse;
  let bot: Bot;
  let one: Case;

  beforeAll(async () => {
    if (!name.includes('skipped')) await prepare();
  }, 60_000);
  afterAll(async () => {
    await server?.stop();
    server = undefined;
  });

  beforeEach(async () => {
    if (name.includes('skipped')) return;
    house = await build();
    bot = await house.start();
    one = openCase(house);
    await one.ask(bot);
  }, 60_000);

  afterEach(async () => {
    if (!name.includes('skipped')) await house.close();
  });

  const end = async (): Promise<number> => {
    const told = Date.now();
    await bot.signal('SIGTERM');
    return Date.now() - told;
  };

  // Once on the server is enough: what a store may differ in here is only how a lease ends.
  const effects = name === 'on SQLite' ? (['none', 'applied'] as const) : (['applied'] as const);
  test.each(effects)(
    'ends within ten seconds while Partner Center does not answer (effect: %s), and another one delivers',
    async (effect) => {
      house.partnerCenter.faults.next({ method: 'PATCH', fault: { kind: 'hang', effect } });
      const press = one.confirm(bot).catch(() => undefined);
      await house.bell.until('the PATCH is under way', () => (one.patches() === 1 ? true : undefined));
      expect(await end()).toBeLessThan(10_000);
      expect(await bot.gone).toBe(0);
      await press;
      expect(one.password()).toBeUndefined();
      const other = await house.start();
      const password = await house.bell.until('the other one delivers', () => one.password());
      expect(Date.now() - other.since).toBeLessThan(10_000);
      expect(findBrokenPromises(house, one, password)).toEqual([]);
      expect(one.patches()).toBe(2);
      expect(await house.findLeaks([password])).toEqual([]);
    },
    60_000,
  );

  if (name !== 'on SQLite') return;
  test('ends within ten seconds while Teams does not answer', async () => {
    house.connector.fail('update', { kind: 'silence' }, 20);
    const press = one.confirm(bot).catch(() => undefined);
    await house.bell.until('delivery has begun', () => bot.steps.find(({ kind }) => kind === 'delivery-begun'));
    expect(await end()).toBeLessThan(10_000);
    expect(await bot.gone).toBe(0);
    await press;
  }, 60_000);
});

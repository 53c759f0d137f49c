import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findPostgres, startPostgres, type PostgresServer } from '../support/postgres.ts';
import { buildCrashHouse, lengths, type CrashHouse } from './crash-house.ts';
import { everyScenario } from './every-scenario.ts';
import { runLanes } from './run-lanes.ts';
import { runScenario, type Death } from './run-scenario.ts';
import type { Scenario } from './scenario.ts';
import type { Bot } from './start-bot.ts';

/**
 * `CRASH=all`: every fault both ways and every call both ways, on both stores. Without, each step, each call and each
 * fault once on each store, a fault one way on the one and the other way on the other.
 */
const all = process.env['CRASH'] === 'all';
const lanes = 2;
const programs = findPostgres();
const bothWays = everyScenario(['as it strikes', 'after it'], ['before', 'between']);
const onSqlite = all ? bothWays : everyScenario(['after it'], ['between']);
const onServer = all ? bothWays : everyScenario(['as it strikes'], ['between']);
const onPostgres = programs.kind === 'found' ? onServer : [];

/** A house with the bots that stand ready in it. */
type Street = Pick<CrashHouse, 'close'> & {
  readonly house: CrashHouse;
  readonly ready: Promise<Bot>[];
  readonly passwords: string[];
};

const deaths: Death[] = [];
let server: PostgresServer | undefined;
let sqlite: ReturnType<typeof runLanes<Scenario, Street, Death>>;
let postgres: ReturnType<typeof runLanes<Scenario, Street, Death>>;
const leaks: string[] = [];
let sealedLeft = 0;

beforeAll(async () => {
  sqlite = runLanes({ items: onSqlite, lanes, build: () => build(undefined), run: runOnSqlite });
  if (programs.kind === 'found') server = await startPostgres(programs, { fsync: false });
  postgres = runLanes({ items: onPostgres, lanes, build: () => build(server), run: runOnPostgres });
}, 60_000);

afterAll(async () => {
  await sqlite.done;
  await postgres.done;
  await server?.stop();
}, 600_000);

async function build(onServer: PostgresServer | undefined): Promise<Street> {
  const house = await buildCrashHouse(onServer);
  const passwords: string[] = [];
  return {
    house,
    ready: [house.start()],
    passwords,
    async close() {
      leaks.push(...house.findLeaks(passwords));
      if (onServer === undefined) sealedLeft += countSealed(house.file);
      await house.close();
    },
  };
}

/** The one bot dies, and is started again over the same file. */
async function runOnSqlite(street: Street, scenario: Scenario): Promise<Death> {
  const victim = await (street.ready.shift() ?? street.house.start());
  return note(street, await runScenario(street.house, scenario, { victim, survive: () => startAgain(street) }));
}

async function startAgain({ house, ready }: Street): Promise<Bot> {
  const bot = house.start();
  ready.push(bot);
  return bot;
}

/** One of two bots dies, and the other one goes on; a third is started meanwhile, for the next time. */
async function runOnPostgres(street: Street, scenario: Scenario): Promise<Death> {
  const { house, ready } = street;
  while (ready.length < 2) ready.push(house.start());
  const victim = await (ready.shift() ?? house.start());
  const [other = house.start()] = ready;
  return note(street, await runScenario(house, scenario, { victim, survive: () => other }));
}

function note(street: Street, death: Death): Death {
  deaths.push(death);
  if (death.password !== undefined) street.passwords.push(death.password);
  return death;
}

function countSealed(file: string): number {
  const database = new DatabaseSync(file, { readOnly: true });
  const row = database
    .prepare('select count(*) as count from reset_requests where sealed_ciphertext is not null')
    .get();
  database.close();
  return Number(row?.['count']);
}

const limit = lengths.lease + 5000;

describe.each([
  ['on SQLite, started again', onSqlite, () => sqlite],
  ['on PostgreSQL, with another bot beside it', onPostgres, () => postgres],
])('a bot that is killed %s', (_where, scenarios, lane) => {
  const suite = scenarios.length > 0 ? it.each(scenarios) : it.skip.each([{ name: 'skipped: no PostgreSQL here' }]);

  suite(
    '$name, keeps every promise',
    async ({ name }) => {
      const death = await lane().results.get(name);
      expect(death?.broken).toEqual([]);
      expect(death?.takenOverAfter ?? 0).toBeLessThan(limit);
    },
    600_000,
  );
});

describe('all those deaths', () => {
  it('leave no password in a file of either store, nor in a log, in any form', async () => {
    await sqlite.done;
    await postgres.done;
    const took = deaths.flatMap(({ takenOverAfter }) => takenOverAfter ?? []);
    process.stdout.write(
      `${deaths.length} deaths, ${deaths.filter(({ password }) => password !== undefined).length} delivered, ` +
        `${deaths.reduce((sum, { patches }) => sum + patches, 0)} PATCH, taken over after ${Math.max(...took)} ms at most\n`,
    );
    expect(leaks).toEqual([]);
    expect(sealedLeft).toBe(0);
  }, 600_000);
});

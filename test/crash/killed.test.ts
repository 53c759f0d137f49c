import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findPostgres, startPostgres, type PostgresServer } from '../support/postgres.ts';
import { chooseEvenly } from './choose-evenly.ts';
import { isTakenOverInTime, runUntilItComesAbout } from './come-about.ts';
import { countDeaths, type Death } from './count-deaths.ts';
import { buildCrashHouse, type CrashHouse } from './crash-house.ts';
import { everyScenario } from './every-scenario.ts';
import { runLanes } from './run-lanes.ts';
import { runScenario, type Outcome } from './run-scenario.ts';
import type { Scenario, Way } from './scenario.ts';
import { spreadDeathsOut } from './spread-out.ts';
import type { Bot } from './start-bot.ts';

/**
 * `CRASH=all`: every death with every fault, some two thousand, for which two cores take half an hour, busy ones longer; `CRASH=2/3`:
 * every third of them, beginning with the second. Without, so many of them, spread evenly over deaths and faults, as long as
 * there is time, and at least a share of them.
 */
const wanted = process.env['CRASH'];
const [, part = '1', parts = '1'] = /^(\d+)\/(\d+)$/.exec(wanted ?? '') ?? [];
const all = wanted !== undefined;
const longest = all ? 86_400_000 : 900_000;
const budgetMilliseconds = 150_000;
const leastShare = 0.4;
const leastOfAll = 60;
const began = Date.now();
const programs = findPostgres();

/** What is run on one store: the one bot dies and is started again, or one of two dies and the other one goes on. */
type Series = {
  readonly store: 'SQLite' | 'PostgreSQL';
  readonly way: Way;
  readonly scenarios: readonly Scenario[];
  readonly lanes: number;
  /** How many of them are run however long it takes. */
  readonly least: number;
};

const isInPart = (_scenario: Scenario, index: number): boolean => index % Number(parts) === Number(part) - 1;
const series: Series[] = [];
const add = (store: Series['store'], way: Way, some: number, atOnce: number): void => {
  // What is due on PostgreSQL is so by the server's clock, which no test moves.
  const every = everyScenario(way).filter(({ death }) => store === 'SQLite' || death.while !== 'waiting');
  const before = series.flatMap(({ scenarios }) => scenarios);
  const scenarios = all ? every.filter(isInPart) : spreadDeathsOut(chooseEvenly(every, some, before));
  const least = all ? scenarios.length : Math.ceil(scenarios.length * leastShare);
  // A small part may have none of them.
  if (scenarios.length > 0) series.push({ store, way, lanes: atOnce, scenarios, least });
};
add('SQLite', 'message', 40, 2);
add('PostgreSQL', 'message', 40, 2);
add('SQLite', 'reveal', 36, 1);
add('SQLite', 'approval', 18, 1);
add('PostgreSQL', 'approval', 18, 1);

/** A house with the bots that live in it, and the one that is being started. */
type Street = {
  readonly house: CrashHouse;
  readonly passwords: string[];
  living: readonly Bot[];
  coming: Promise<Bot> | undefined;
  close(): Promise<void>;
};

const lanes = new Map<Series, ReturnType<typeof runLanes<Scenario, Street, Outcome>>>();
const deaths: Death[] = [];
const wrong: string[] = [];
let records = 0;
let server: PostgresServer | undefined;

beforeAll(async () => {
  // The first one compiles the code for all of them.
  const house = await buildCrashHouse();
  await house.start();
  await house.close();
  if (programs.kind === 'found') server = await startPostgres(programs, { fsync: false });
  for (const one of series) {
    if (one.store === 'PostgreSQL' && server === undefined) continue;
    const running = runLanes({
      items: one.scenarios,
      lanes: one.lanes,
      perHouse: 50,
      mayBegin: (index) => index < one.least || Date.now() - began < budgetMilliseconds,
      build: () => build(one),
      run: (street, scenario) => run(one, street, scenario),
    });
    lanes.set(one, running);
  }
}, 240_000);

const untilDone = () => Promise.all([...lanes.values()].map(({ done }) => done));

afterAll(async () => {
  await untilDone();
  await server?.stop();
}, longest);

async function build({ store, way }: Series): Promise<Street> {
  const house = await buildCrashHouse(store === 'SQLite' ? undefined : server, {
    delivery: way === 'reveal' ? 'reveal' : 'message',
    approval: way === 'approval' ? 'always' : 'privileged',
  });
  const passwords: string[] = [];
  return {
    house,
    passwords,
    living: [],
    coming: undefined,
    async close() {
      wrong.push(...(await house.findLeaks(passwords)), ...(await house.checkTrail('anew')));
      records += house.trailRows();
      await house.close();
    },
  };
}

async function run({ store }: Series, street: Street, scenario: Scenario): Promise<Outcome> {
  const { outcome, repeats, passwords } = await runUntilItComesAbout(() => runOnce(store, street, scenario));
  deaths.push({ store, scenario, outcome, repeats });
  if (deaths.length % 100 === 0) sayProgress();
  street.passwords.push(...passwords);
  return outcome;
}

async function runOnce(store: Series['store'], street: Street, scenario: Scenario): Promise<Outcome> {
  const { house, coming } = street;
  street.coming = undefined;
  const living = [...street.living, ...(coming === undefined ? [] : [await coming])].filter((bot) => !bot.isGone());
  const wanted = store === 'SQLite' ? 1 : 2;
  const missing = Array.from({ length: wanted - living.length }, () => house.start());
  const [first, ...others] = [...living, ...(await Promise.all(missing))];
  if (first === undefined) throw new Error('there is no bot');
  street.living = [first, ...others];
  const survive = (): Promise<Bot> => {
    const next = house.start();
    // A failure is met where it is waited for.
    next.catch(() => undefined);
    street.coming = next;
    return Promise.resolve(street.living.find((bot) => !bot.isGone()) ?? next);
  };
  return runScenario(house, scenario, { bots: [first, ...others], survive });
}

/** All of them take long. */
function sayProgress(): void {
  const all = series.reduce((sum, { scenarios }) => sum + scenarios.length, 0);
  const broken = deaths.filter(({ outcome }) => outcome.broken.length > 0).length;
  const minutes = (performance.now() / 60_000).toFixed(1);
  process.stdout.write(`${deaths.length} of ${all} deaths after ${minutes} minutes, ${broken} with a broken promise\n`);
}

/** What is wrong with a death, in words; undefined where it was not run. */
async function complain(one: Series, { name }: Scenario): Promise<readonly string[] | undefined> {
  try {
    const outcome = await lanes.get(one)?.results.get(name);
    if (outcome === undefined) return undefined;
    const { after = 0, atMost = 0 } = outcome.takenOver ?? {};
    return [
      ...outcome.broken,
      ...(isTakenOverInTime(outcome) ? [] : [`somebody went on after ${after} ms, and not within ${atMost} ms`]),
    ];
  } catch (failure) {
    return [String(failure)];
  }
}

describe.each(series)('a bot that is killed, $store, $way', (one) => {
  const { store, scenarios, least } = one;
  const isSkipped = store === 'PostgreSQL' && programs.kind === 'missing';
  const test = isSkipped ? it.skip : it;
  const why = isSkipped ? ' (skipped: no PostgreSQL here)' : '';

  if (all && !isSkipped) {
    it.each(scenarios)(
      '$name, keeps every promise',
      async (scenario) => {
        expect(await complain(one, scenario)).toEqual([]);
      },
      longest,
    );
    return;
  }

  // One test for all of them: those for which there was no time must not be counted as if they had been run.
  test(
    `keeps every promise in each of its deaths${why}`,
    async () => {
      const said = await Promise.all(scenarios.map((scenario) => complain(one, scenario)));
      const broken = scenarios.flatMap(({ name }, index) =>
        said[index] === undefined || said[index].length === 0 ? [] : [{ name, complaints: said[index] }],
      );
      const run = said.filter((complaints) => complaints !== undefined).length;
      process.stdout.write(`${store}, ${one.way}: ${run} of ${scenarios.length} deaths were run\n`);
      expect(broken).toEqual([]);
      expect(run).toBeGreaterThanOrEqual(least);
    },
    longest,
  );
});

describe('all those deaths', () => {
  const test = programs.kind === 'missing' ? it.skip : it;
  test(
    `are at least ${all ? 'all that were asked for' : leastOfAll}${programs.kind === 'missing' ? ' (skipped: no PostgreSQL here)' : ''}`,
    async () => {
      await untilDone();
      expect(deaths.length).toBeGreaterThanOrEqual(
        all ? series.reduce((sum, { scenarios }) => sum + scenarios.length, 0) : leastOfAll,
      );
    },
    longest,
  );

  it(
    'leave a whole trail, and no password in a file of either store, nor in a log, in any form',
    async () => {
      await untilDone();

      const wanted = series.reduce((sum, { scenarios }) => sum + scenarios.length, 0);
      const seconds = Math.round((Date.now() - began) / 1000);
      process.stdout.write(`${deaths.length} of ${wanted} deaths were run, in ${seconds} s\n`);
      process.stdout.write(`${countDeaths(deaths, records)}\n`);
      expect(wrong).toEqual([]);
    },
    longest,
  );
});

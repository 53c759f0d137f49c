import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findPostgres, startPostgres, type PostgresServer } from '../support/postgres.ts';
import type { PassingCall } from '../support/create-checkpoint.ts';
import { calls } from './calls.ts';
import { buildCrashHouse, type CrashHouse } from './crash-house.ts';
import { findBrokenPromises } from './find-broken-promises.ts';
import { openCase } from './open-case.ts';
import { runLanes } from './run-lanes.ts';
import type { Bot } from './start-bot.ts';

const times = process.env['CRASH'] === 'all' ? 200 : 10;
const programs = findPostgres();
const [suite, name] =
  programs.kind === 'found'
    ? [describe, 'a process that is frozen between claiming a reset and asking for it']
    : [describe.skip, `a process that is frozen before it asks (skipped: ${programs.why})`];

/** One bot claims the reset and is frozen; another one delivers; the first one wakes up and is asked to end. */
async function freeze(house: CrashHouse, frozen: Bot, other: Bot): Promise<readonly string[]> {
  const one = openCase(house);
  const asked = Date.now();
  await one.ask(frozen);
  await frozen.order({ at: { step: 'try-started', nth: 1 }, act: 'pause' });
  const press = one.confirm(frozen).catch(() => undefined);
  const password = await house.bell.until('the other one delivers', () => one.password());
  await house.bell.until('the other one is done', () =>
    other.steps.some(({ kind, at }) => kind === 'card-answered' && at >= asked) ? true : undefined,
  );
  const before = one.patches();
  await frozen.signal('SIGCONT');
  // It ends when what it had in hand is at rest: whatever it was going to send is sent by then.
  await frozen.signal('SIGTERM');
  await press;
  const broken = findBrokenPromises(house, one, password);
  return [...broken, ...(before === 1 ? [] : [`${before} tries instead of one before it woke up`])];
}

suite(name, () => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await startPostgres(programs, { fsync: false });
  }, 60_000);

  afterAll(() => server.stop());

  it(`never asks once another one has delivered, ${times} times`, async () => {
    const items = Array.from({ length: times }, (_, number) => ({ name: String(number) }));
    const lanes = runLanes({
      items,
      lanes: 2,
      build: async () => {
        const house = await buildCrashHouse(server);
        return { house, next: house.start(), close: () => house.close() };
      },
      run: async (street) => {
        const frozen = street.next;
        street.next = street.house.start();
        return freeze(street.house, await frozen, await street.next);
      },
    });
    for (const result of lanes.results.values()) await expect(result).resolves.toEqual([]);
    await lanes.done;
  }, 900_000);

  it('leaves no password in a hidden message where the bytes arrive after the hiding by another one', async () => {
    const house = await buildCrashHouse(server);
    try {
      const [frozen, other] = await Promise.all([house.start(), house.start()]);
      const one = openCase(house);
      await one.ask(frozen);
      const late = Promise.withResolvers<PassingCall>();
      house.toConnector.once({
        when: 'before',
        fits: (call) => call.process === frozen.pid && calls.puttingDirectMessage(call),
        act: async (call) => {
          late.resolve(call);
          await frozen.signal('SIGKILL');
        },
      });
      const press = one.confirm(frozen).catch(() => undefined);
      const { path, body } = await late.promise;
      const password = await house.bell.until('the other one delivers', () => one.password());
      await house.halfAnHourPasses();
      await house.bell.until('it is hidden', () => other.steps.find(({ kind }) => kind === 'hidden'));
      expect(one.password()).toBeUndefined();
      const headers = { 'content-type': 'application/json' };
      const arrived = await fetch(new URL(path, house.connector.url), { method: 'PUT', headers, body });
      expect([arrived.status, one.password()]).toEqual([200, password]);
      await house.halfAnHourPasses();
      await house.bell.until('it is hidden again', () => (one.password() === undefined ? true : undefined));
      await press;
      expect(findBrokenPromises(house, one, password)).toEqual([]);
    } finally {
      await house.close();
    }
  }, 300_000);

  it('is caught when its deadline counts from after the pause: a test of the test above', async () => {
    const house = await buildCrashHouse(server);
    const found: string[] = [];
    try {
      // A machine that is slow enough lets even this deadline pass before the call, so one freeze may prove nothing.
      for (let times = 0; times < 10 && found.length === 0; times += 1) {
        const [frozen, other] = await Promise.all([house.start({ plant: 'clock-stops-with-process' }), house.start()]);
        found.push(...(await freeze(house, frozen, other)));
        await other.signal('SIGKILL');
      }
    } finally {
      await house.close();
    }
    expect(found).toContain('there was a PATCH after the password had been shown');
  }, 300_000);
});

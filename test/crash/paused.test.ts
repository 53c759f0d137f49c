import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findPostgres, startPostgres, type PostgresServer } from '../support/postgres.ts';
import type { BotSettings } from './bot-orders.ts';
import { buildCrashHouse, type CrashHouse } from './crash-house.ts';
import { findBrokenPromises } from './find-broken-promises.ts';
import { openCase } from './open-case.ts';
import { runLanes } from './run-lanes.ts';

const times = process.env['CRASH'] === 'all' ? 200 : 10;
const programs = findPostgres();
const [suite, name] =
  programs.kind === 'found'
    ? [describe, 'a process that is frozen between claiming a reset and asking for it']
    : [describe.skip, `a process that is frozen before it asks (skipped: ${programs.why})`];

/** One bot claims the reset and is frozen; another one delivers; the first one wakes up and is asked to end. */
async function freeze(house: CrashHouse, plant: BotSettings['plant']): Promise<readonly string[]> {
  const [frozen, other] = await Promise.all([house.start({ plant }), house.start()]);
  const one = openCase(house);
  await one.ask(frozen);
  await frozen.order({ at: { step: 'try-started', nth: 1 }, act: 'pause' });
  const press = one.confirm(frozen).catch(() => undefined);
  const password = await house.bell.until('the other one delivers', () => one.password());
  await house.bell.until('the other one is done', () =>
    other.steps.some(({ kind }) => kind === 'card-answered') ? true : undefined,
  );
  const before = one.patches();
  await frozen.signal('SIGCONT');
  // It ends when what it had in hand is at rest: whatever it was going to send is sent by then.
  await frozen.signal('SIGTERM');
  await press;
  const broken = findBrokenPromises(house, one, password);
  await other.signal('SIGTERM');
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
      build: () => buildCrashHouse(server),
      run: (house) => freeze(house, 'none'),
    });
    for (const result of lanes.results.values()) await expect(result).resolves.toEqual([]);
    await lanes.done;
  }, 900_000);

  it('is caught when its deadline counts from after the pause: a test of the test above', async () => {
    const house = await buildCrashHouse(server);
    expect(await freeze(house, 'clock-stops-with-process')).toContain(
      'there was a PATCH after the password had been shown',
    );
    await house.close();
  }, 60_000);
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findPostgres, startPostgres, type PostgresServer } from '../support/postgres.ts';
import { buildCrashHouse, type CrashHouse } from './crash-house.ts';
import { comesToRest } from './comes-to-rest.ts';
import { findBrokenPromises } from './find-broken-promises.ts';
import { own } from '../support/own.ts';
import { openCase, type Case } from './open-case.ts';
import type { Bot } from './start-bot.ts';

/** `RESETS=500`: so many resets; also with `CRASH=all`. */
const resets = Number(process.env['RESETS'] ?? (process.env['CRASH'] === 'all' ? 500 : 60));
const atOnce = 6;
/** The server dies each time so many steps were heard of, so that it dies at every step there is, and while it starts too. */
const stepsBetween = 50;
const longest = resets * 60_000;
const programs = findPostgres();
const [suite, name] =
  programs.kind === 'found'
    ? [describe, 'a PostgreSQL server that is killed and started again under load']
    : [describe.skip, `a PostgreSQL server that is killed (skipped: ${programs.why})`];

suite(name, () => {
  let server: PostgresServer;
  let house: CrashHouse;
  let bots: readonly [Bot, Bot];

  beforeAll(async () => {
    server = await startPostgres(programs, { fsync: true });
    house = await buildCrashHouse(server, {
      durations: { lease: 5000, resetTry: 3000, poll: 100 },
      connectorLimits: { tryMilliseconds: 3000, retryWithinMilliseconds: 6000 },
    });
    bots = await Promise.all([house.start(), house.start()]);
  }, 240_000);

  afterAll(async () => {
    await house.close();
    await server.stop();
  }, 120_000);

  it(
    `loses no reset and makes none twice: ${resets}, by two bots that live on`,
    async () => {
      let left = resets;
      let isOver = false;
      const done: { readonly one: Case; readonly password: string }[] = [];
      const workers = Array.from({ length: atOnce }, async (_, lane) => {
        while (left > 0) {
          left -= 1;
          const one = openCase(house);
          done.push({ one, password: await resetOne(house, one, bots, lane) });
        }
      });
      const working = Promise.all(workers).finally(() => {
        isOver = true;
        house.bell.ring();
      });
      const steps = (): number => bots.reduce((sum, bot) => sum + bot.steps.length, 0);
      let deaths = 0;
      for (;;) {
        const next = steps() + stepsBetween;
        await house.bell.until(`${stepsBetween} steps`, () => (isOver || steps() >= next ? true : undefined));
        if (isOver) break;
        deaths += 1;
        // In turns killed with all its processes, and told to end at once.
        await (deaths % 2 === 1 ? server.kill() : server.crash());
        await server.restart();
      }
      await working;
      let sealed = 0;
      for (const { one } of done) sealed += (await comesToRest(house, one)).sealed;
      const trail = await house.checkTrail('anew');
      const patches = done.reduce((sum, { one }) => sum + one.patches(), 0);
      process.stdout.write(
        `${done.length} resets while PostgreSQL died ${deaths} times: ${patches} PATCH, ${house.trailRows()} records\n`,
      );
      expect(done).toHaveLength(resets);
      expect(deaths).toBeGreaterThanOrEqual(Math.floor(resets / 10));
      expect(done.flatMap(({ one, password }) => findBrokenPromises(house, one, password))).toEqual([]);
      expect(done.filter(({ one }) => one.password() !== undefined)).toEqual([]);
      expect(sealed).toBe(0);
      expect(trail).toEqual([]);
      expect(await house.findLeaks(done.map(({ password }) => password))).toEqual([]);
    },
    longest,
  );
});

/** From asking to a hidden password. What was answered with an apology, or not at all, is said again to the other bot. */
async function resetOne(house: CrashHouse, one: Case, bots: readonly [Bot, Bot], lane: number): Promise<string> {
  let times = lane;
  /** Does it until it was answered, and waits for what it is for; an apology in the chat is no answer either. */
  const insist = async <Found>(act: (bot: Bot) => Promise<unknown>, look: () => Found | undefined): Promise<Found> => {
    for (;;) {
      times += 1;
      const before = one.said();
      const isAnswered = await act(bots[times % 2] ?? bots[0]).then(
        (answer) => own(answer, 'type') !== 'application/vnd.microsoft.activity.message',
        () => false,
      );
      const isOver = (): boolean => look() !== undefined || one.said() !== before;
      if (isAnswered) await house.bell.until('an answer', () => (isOver() ? true : undefined));
      const found = look();
      if (found !== undefined) return found;
    }
  };
  await insist(one.ask, () => (one.hasCard() ? true : undefined));
  const password = await insist(one.confirm, one.password);
  // The card is answered once it is written down that the password was delivered.
  await house.bell.until('the card is answered', one.outcome);
  await insist(one.acknowledge, () => (one.password() === undefined ? true : undefined));
  return password;
}

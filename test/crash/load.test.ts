import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findPostgres, startPostgres, type PostgresServer } from '../support/postgres.ts';
import { buildCrashHouse, type CrashHouse } from './crash-house.ts';
import { findBrokenPromises } from './find-broken-promises.ts';
import { openCase, type Case } from './open-case.ts';
import type { Bot } from './start-bot.ts';

/** `LOAD=2000`: so many resets while instances die and roll over, and a tenth of that by one and by two that live. */
const count = Number(process.env['LOAD'] ?? 24);
const technicians = 8;
const killedEvery = 3000;
const rolledOverEvery = 5000;
const programs = findPostgres();
const suite = programs.kind === 'found' ? describe : describe.skip;
const realDurations = { lease: 5000, resetTry: 3000, poll: 250 } as const;

/** An instance that is started again whenever it ends, and where it stands at this moment. */
type Instance = { bot: Bot };

suite(
  `instances on one PostgreSQL database under load${programs.kind === 'found' ? '' : ` (skipped: ${programs.why})`}`,
  () => {
    let server: PostgresServer;
    let house: CrashHouse;
    const instances: Instance[] = [];

    beforeAll(async () => {
      server = await startPostgres(programs, { fsync: true });
      house = await buildCrashHouse(server, {
        durations: realDurations,
        connectorLimits: { tryMilliseconds: 5000, retryWithinMilliseconds: 8000 },
      });
      instances.push({ bot: await house.start() }, { bot: await house.start() });
    }, 120_000);
    afterAll(async () => {
      await house.close();
      await server.stop();
    }, 120_000);

    /** Resets so many passwords through these instances, as a load balancer would spread them, and gives the milliseconds each took. */
    const reset = async (many: number, through: readonly Instance[]) => {
      const [times, broken, passwords]: [number[], string[], string[]] = [[], [], []];
      let saidAgain = 0;
      let left = many;
      const began = performance.now();
      await Promise.all(
        Array.from({ length: technicians }, async (_, lane) => {
          for (let turn = lane; left > 0; turn += 1) {
            left -= 1;
            const one = openCase(house);
            const { milliseconds, again } = await resetOne(one, through, turn);
            times.push(milliseconds);
            saidAgain += again;
            const password = one.password();
            broken.push(...findBrokenPromises(house, one, password));
            passwords.push(password ?? 'none');
          }
        }),
      );
      return { perSecond: many / ((performance.now() - began) / 1000), times, saidAgain, broken, passwords };
    };

    it.each([
      ['one', 1],
      ['two', 2],
    ])(
      'reset passwords: %s',
      async (name, number) => {
        const done = await reset(Math.ceil(count / 10), instances.slice(0, number));
        const { broken } = done;
        say(`${name} of them: ${figures(done)}`);
        expect(broken).toEqual([]);
      },
      600_000,
    );

    it('deliver each password once, while one is killed and the other rolls over again and again', async () => {
      const over = new AbortController();
      let killed = 0;
      let rolledOver = 0;
      /** Does it every so often, counted from when the one before was done. */
      const again = async (every: number, act: () => Promise<void>): Promise<void> => {
        while (!over.signal.aborted) {
          await wait(every, undefined, { signal: over.signal }).catch(() => undefined);
          if (!over.signal.aborted) await act();
        }
      };
      const [first, second] = instances;
      if (first === undefined || second === undefined) throw new Error('there are two');
      const dying = Promise.all([
        again(killedEvery, async () => {
          killed += 1;
          await first.bot.signal('SIGKILL');
          first.bot = await house.start();
        }),
        // As a platform does it: the next one is up before the one before is told to end.
        again(rolledOverEvery, async () => {
          rolledOver += 1;
          const before = second.bot;
          second.bot = await house.start();
          await before.signal('SIGTERM');
        }),
      ]);
      const resetting = reset(count, instances);
      await Promise.allSettled([resetting]);
      over.abort();
      await dying;
      const done = await resetting;
      const { broken, passwords } = done;
      say(`two, ${killed} times killed, ${rolledOver} times rolled over: ${figures(done)}`);
      expect(broken).toEqual([]);
      expect(new Set(passwords).size).toBe(count);
      expect(await house.findLeaks(passwords)).toEqual([]);
    }, 3_600_000);
  },
);

/** From the first press until the password stands in the direct message. Whatever a dying instance leaves unanswered is said again to the next one. */
async function resetOne(
  one: Case,
  instances: readonly Instance[],
  turn: number,
): Promise<{ readonly milliseconds: number; readonly again: number }> {
  const spread = (tries: number): Bot | undefined => instances[(turn + tries) % instances.length]?.bot;
  const said = await insist(
    spread,
    (bot) => one.ask(bot),
    () => one.hasCard(),
  );
  if (said === undefined) throw new Error(`no card came: ${one.said()}`);
  const pressed = performance.now();
  const delivered = await insist(
    spread,
    (bot) => one.confirm(bot),
    () => one.password() !== undefined,
  );
  if (delivered === undefined) throw new Error(`no password came: ${one.outcome()}`);
  return { milliseconds: performance.now() - pressed, again: said + delivered };
}

/** Does something with one instance after the other until what it is for is there, and says how often again; each has ten seconds for it. */
async function insist(
  spread: (tries: number) => Bot | undefined,
  act: (bot: Bot) => Promise<unknown>,
  isThere: () => boolean,
): Promise<number | undefined> {
  const giveUpAt = Date.now() + 90_000;
  for (let tries = 0; Date.now() < giveUpAt; tries += 1) {
    const bot = spread(tries);
    const acted =
      bot !== undefined &&
      !bot.isGone() &&
      (await act(bot).then(
        () => true,
        () => false,
      ));
    const until = Date.now() + (acted ? 10_000 : 100);
    while (!isThere() && Date.now() < until) await wait(5);
    if (isThere()) return tries;
  }
  return undefined;
}

function figures({
  perSecond,
  times,
  saidAgain,
}: {
  readonly perSecond: number;
  readonly times: readonly number[];
  readonly saidAgain: number;
}): string {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number): string =>
    `${Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN)} ms`;
  return `${times.length} resets, ${perSecond.toFixed(1)} a second with ${technicians} technicians at once, click to direct message p50 ${at(0.5)}, p99 ${at(0.99)}, ${saidAgain} things said again`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

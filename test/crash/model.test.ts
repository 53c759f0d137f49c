import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runModel } from '../reset/run-model.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../support/postgres.ts';

/** `COMMANDS=100000`: so many commands on each store. Without it, as many as fit into 10 seconds on each. */
const wanted = Number(process.env['COMMANDS'] ?? 0);
const budgetMilliseconds = 10_000;
const sequencesAtOnce = 20;
const programs = findPostgres();
const [suite, name] =
  programs.kind === 'found' ? [describe, 'on PostgreSQL'] : [describe.skip, `on PostgreSQL (skipped: ${programs.why})`];

describe('whatever is pressed, fails, dies and takes its time, a great many times', () => {
  describe('on SQLite', () => {
    it('leaves one password, delivered and hidden, or none at all', () => runMany('SQLite'), 7_200_000);
  });

  suite(name, () => {
    let server: PostgresServer;
    beforeAll(async () => {
      server = await startPostgres(programs, { fsync: false });
    }, 60_000);
    afterAll(() => server.stop());

    it('leaves one password, delivered and hidden, or none at all, with two bots and wrong clocks', async () => {
      let last: string | undefined;
      await runMany('PostgreSQL', async () => {
        // One after the other: the server keeps some megabytes for each.
        if (last !== undefined) await server.dropDatabase(last);
        return (last = await server.createDatabase());
      });
    }, 7_200_000);
  });
});

async function runMany(store: string, postgres?: () => Promise<string>): Promise<void> {
  const since = Date.now();
  const isEnough = (done: number): boolean => (wanted > 0 ? done >= wanted : Date.now() - since >= budgetMilliseconds);
  let commands = 0;
  let sequences = 0;
  // Seeds are given, so that what was found once is found again.
  for (let seed = 1; !isEnough(commands); seed += 1) {
    commands += await runModel({ sequences: sequencesAtOnce, seed, postgres });
    sequences += sequencesAtOnce;
  }
  const seconds = Math.round((Date.now() - since) / 1000);
  process.stdout.write(`${store}: ${commands} commands in ${sequences} sequences, ${seconds} s\n`);
  expect(commands).toBeGreaterThan(0);
}

import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditKind } from '../../src/reset/audit-entry.ts';
import type { BotOrder } from './bot-orders.ts';
import { buildCrashHouse, type CrashHouse } from './crash-house.ts';
import { findBrokenPromises } from './find-broken-promises.ts';
import { type Case, openCase } from './open-case.ts';
import type { Bot } from './start-bot.ts';

const clear = 'no password was changed';
const troubles = ['fill-database', 'make-database-read-only'] as const satisfies readonly BotOrder['act'][];

describe('a database that refuses to be written', () => {
  let house: CrashHouse;
  let bot: Bot;

  beforeAll(async () => {
    house = await buildCrashHouse();
    bot = await house.start();
  });

  afterEach(() => {
    // No PATCH without the row of its try, whatever else happened.
    expect(house.toPartnerCenter.passed.filter(({ method }) => method === 'PATCH').length).toBe(countTries(house));
  });

  afterAll(() => house.close());

  const finish = async (one: Case) => {
    await bot.order({ at: undefined, act: 'mend-database' });
    await one.confirm(bot);
    const password = await house.bell.until('a password', () => one.password());
    await house.bell.until('an outcome', () => one.outcome());
    expect(findBrokenPromises(house, one, password)).toEqual([]);
  };

  it.each(troubles)('%s: a question is answered in a clear sentence, and changes nothing', async (act) => {
    const one = openCase(house);
    await bot.order({ at: undefined, act });
    for (let asked = 0; asked < 40 && !one.said().includes(clear); asked += 1) await one.ask(bot);
    expect(one.said()).toContain(clear);
    expect(one.patches()).toBe(0);
    await bot.order({ at: undefined, act: 'mend-database' });
    await one.ask(bot);
    await finish(one);
  });

  it('make-database-read-only: a press is answered in a clear sentence, changes nothing, and works once it may be written', async () => {
    const one = openCase(house);
    await one.ask(bot);
    await bot.order({ at: undefined, act: 'make-database-read-only' });
    const answer = await one.confirm(bot);
    expect(answer).toMatchObject({ status: 200, type: 'application/vnd.microsoft.activity.message' });
    expect(answer.value).toEqual(expect.stringContaining(clear));
    expect(one.patches()).toBe(0);
    await finish(one);
  });

  it('locked by somebody else: a press is answered in a clear sentence, changes nothing, and works afterwards', async () => {
    const one = openCase(house);
    await one.ask(bot);
    const other = new DatabaseSync(house.file);
    other.exec('begin immediate');
    const answer = await one.confirm(bot);
    expect(answer.value).toEqual(expect.stringContaining(clear));
    expect(one.patches()).toBe(0);
    other.exec('rollback');
    other.close();
    await finish(one);
  });

  it.each<AuditKind>([
    'confirmed',
    'approved',
    'message-opened',
    'sealed',
    'try-started',
    'try-ended',
    'delivery-begun',
  ])(
    'make-database-read-only after the step %s: goes on once it may be written, with the one password',
    async (step) => {
      const one = openCase(house);
      await one.ask(bot);
      await bot.order({ at: { step, nth: 1 }, act: 'make-database-read-only' });
      const answer = await one.confirm(bot);
      expect(answer.status).toBe(200);
      expect(one.patches()).toBeLessThanOrEqual(countTries(house));
      await finish(one);
    },
  );

  it('fill-database while several are reset: stops where no room is left, and goes on when there is, with one password each', async () => {
    const cases = Array.from({ length: 12 }, () => openCase(house));
    for (const one of cases) await one.ask(bot);
    await bot.order({ at: undefined, act: 'fill-database' });
    const since = bot.lines.length;
    for (const one of cases) expect((await one.confirm(bot)).status).toBe(200);
    expect(bot.lines.slice(since).join('\n')).toContain('"code":"full"');
    expect(cases.filter((one) => one.password() === undefined).length).toBeGreaterThan(0);
    for (const one of cases) await finish(one);
  });
});

/** The tries in the trail. */
function countTries(house: CrashHouse): number {
  const database = new DatabaseSync(house.file, { readOnly: true });
  const row = database.prepare("select count(*) as count from audit_records where kind = 'try-started'").get();
  database.close();
  return Number(row?.['count']);
}

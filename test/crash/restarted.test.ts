import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cardId } from '../support/teams-person.ts';
import { buildCrashHouse, type CrashHouse } from './crash-house.ts';
import { findBrokenPromises } from './find-broken-promises.ts';
import { openCase, type Case } from './open-case.ts';
import type { Bot } from './start-bot.ts';

const minute = 60_000;
const outcomes = (answers: readonly { readonly value: unknown }[]) => [
  ...new Set(answers.map(({ value }) => cardId(value))),
];

describe('a bot that is started again', () => {
  let house: CrashHouse;
  let bot: Bot;
  let one: Case;

  beforeEach(async () => {
    house = await buildCrashHouse();
    bot = await house.start();
    one = openCase(house);
    await one.ask(bot);
  });

  afterEach(() => house.close());

  const press = (count: number) => Promise.all(Array.from({ length: count }, () => one.confirm(bot)));

  it('answers the same click under new activity ids, twenty at once, as it did before: one effect, one answer', async () => {
    expect(outcomes(await press(20))).toEqual(['outcome-reset']);
    const password = await house.bell.until('a password', () => one.password());
    await bot.signal('SIGKILL');
    bot = await house.start();
    expect(outcomes(await press(20))).toEqual(['outcome-reset']);
    expect(one.patches()).toBe(1);
    expect(one.direct()).toHaveLength(1);
    expect(findBrokenPromises(house, one, password)).toEqual([]);
  });

  it('takes twenty clicks at once that began before it was killed for one', async () => {
    await bot.order({ at: { step: 'sealed', nth: 1 }, act: 'kill' });
    await Promise.allSettled(Array.from({ length: 20 }, () => one.confirm(bot)));
    bot = await house.start();
    expect(outcomes(await press(20))).toEqual(['outcome-reset']);
    expect(one.patches()).toBe(1);
    expect(findBrokenPromises(house, one, one.password())).toEqual([]);
  });

  it('hides soon after it starts what should have been hidden while it was down', async () => {
    await one.confirm(bot);
    const password = await house.bell.until('a password', () => one.password());
    await bot.signal('SIGKILL');
    bot = await house.start({ aheadMilliseconds: 14 * minute });
    await one.say(bot, 'hi');
    expect(one.password()).toBe(password);
    await bot.signal('SIGKILL');
    bot = await house.start({ aheadMilliseconds: 16 * minute });
    await house.bell.until('it is hidden', () => (one.password() === undefined ? true : undefined));
    const hidden = await house.bell.until('it is called hidden', () => bot.steps.find(({ kind }) => kind === 'hidden'));
    expect(hidden.at - bot.since).toBeLessThan(5000);
    expect(JSON.stringify(one.direct())).not.toContain(password);
    expect(await house.findLeaks([password])).toEqual([]);
  });
});

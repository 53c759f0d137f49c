import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findIn } from '../support/teams-person.ts';
import { own } from '../support/own.ts';
import { buildCrashHouse, durations, type CrashHouse } from './crash-house.ts';
import { findBrokenPromises } from './find-broken-promises.ts';
import { openCase, type Case } from './open-case.ts';
import type { Bot } from './start-bot.ts';

const hour = 3_600_000;

describe('a technician who blocks the bot after the reset', () => {
  let house: CrashHouse;
  let bot: Bot;
  let one: Case;

  beforeEach(async () => {
    house = await buildCrashHouse();
    bot = await house.start();
    one = openCase(house);
    await one.ask(bot);
    // One of them meets the card in the same chat.
    house.connector.fail('update', { kind: 'status', status: 403, code: 'MessageWritesBlocked' }, 4);
    await one.confirm(bot);
    await house.bell.until('three refusals', () =>
      bot.steps.filter(({ kind }) => kind === 'delivery-put-off').length >= 3 ? true : undefined,
    );
  });

  afterEach(() => house.close());

  it('is told so once, in words and without a button, in the chat where they asked', () => {
    const told = house.connector.shown(one.chat).filter(({ text }) => text?.includes('The password was set') === true);
    expect(told).toHaveLength(1);
    expect(told[0]?.card).toBeUndefined();
    expect(
      findIn(house.connector.shown(one.chat).at(-1)?.card, (part) => own(part, 'type') === 'Action.Execute'),
    ).toBeUndefined();
    expect(one.password()).toBeUndefined();
  });

  it('gets the password as soon as they write to the bot, long before the next try', async () => {
    const before = Date.now();
    await one.say(bot, 'hi');
    const password = await house.bell.until('a password', () => one.password());
    // The fourth try by itself would be four seconds after the third.
    expect(Date.now() - before).toBeLessThan(3000);
    expect(findBrokenPromises(house, one, password)).toEqual([]);
    expect(one.patches()).toBe(1);
  });

  it('gets it after a restart too, and by itself if they never write', async () => {
    await bot.signal('SIGKILL');
    bot = await house.start({ aheadMilliseconds: hour, durations });
    const password = await house.bell.until('a password', () => one.password());
    expect(findBrokenPromises(house, one, password)).toEqual([]);
  });
});

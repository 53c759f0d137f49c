import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { calls } from './calls.ts';
import { buildCrashHouse, type CrashHouse } from './crash-house.ts';
import { openCase, type Case } from './open-case.ts';
import type { Bot } from './start-bot.ts';

describe('a bot that dies when it has put the password, and does not hear that it has', () => {
  let house: CrashHouse;
  let one: Case;
  let next: Bot;

  beforeEach(async () => {
    house = await buildCrashHouse();
    const bot = await house.start();
    one = openCase(house);
    await one.ask(bot);
    house.toConnector.once({
      when: 'between',
      fits: calls.puttingDirectMessage,
      act: () => bot.signal('SIGKILL'),
    });
    await one.confirm(bot).catch(() => undefined);
    await bot.gone;
    expect(one.password()).toBeDefined();
  });

  afterEach(() => house.close());

  it('leaves no password in the first message when the next bot is told that it is gone, and puts it into another', async () => {
    house.connector.fail('update', { kind: 'status', status: 404, code: 'ActivityNotFoundInConversation' }, 1);
    next = await house.start();
    await house.bell.until('it is delivered', () => next.steps.find(({ kind }) => kind === 'delivered'));
    await one.acknowledge(next);
    await house.bell.until('it is hidden', () => next.steps.find(({ kind }) => kind === 'hidden'));
    expect(one.password()).toBeUndefined();
    expect(one.patches()).toBe(1);
  });
});

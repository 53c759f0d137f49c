import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AuditKind } from '../../src/reset/audit-entry.ts';
import { backUpSqlite } from '../../src/store/backup.ts';
import { buildCrashHouse, type CrashHouse } from './crash-house.ts';
import { findBrokenPromises } from './find-broken-promises.ts';
import { type Case, openCase } from './open-case.ts';
import type { Bot } from './start-bot.ts';

/** Where a request stands when the backup is taken, and what becomes of it in the one that is restored. */
const steps: readonly (readonly [AuditKind, 'refused' | 'delivered'])[] = [
  ['confirmed', 'refused'],
  ['approved', 'refused'],
  ['message-opened', 'refused'],
  ['sealed', 'delivered'],
  ['try-started', 'delivered'],
  ['try-ended', 'delivered'],
  ['delivery-begun', 'delivered'],
];

describe('a bot that is started on a backup taken while a reset ran', () => {
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

  /** Stops the bot right after that step, takes a backup, and gives its path. */
  const backUpAt = async (step: AuditKind): Promise<string> => {
    await bot.order({ at: { step, nth: 1 }, act: 'pause' });
    const pressed = one.confirm(bot).catch(() => undefined);
    await house.bell.until('the step is taken', () => bot.steps.find(({ kind }) => kind === step));
    const copy = join(dirname(house.file), `backup-at-${step}.db`);
    backUpSqlite({ from: house.file, to: copy, now: () => Date.now() });
    presses.push(pressed);
    return copy;
  };
  const presses: Promise<unknown>[] = [];
  const startOn = (copy: string): Promise<Bot> => house.start({ databaseUrl: `sqlite:${copy}` });
  const finished = (restored: Bot) =>
    house.bell.until('the restored one has finished', () =>
      restored.steps.find(({ kind }) => kind === 'delivered' || kind === 'refused'),
    );

  it.each(steps)('resets nothing again that was at “%s”, though the first bot went on: %s', async (step, ends) => {
    const copy = await backUpAt(step);
    await bot.signal('SIGCONT');
    const password = await house.bell.until('a password', () => one.password());
    await house.bell.until('it is called delivered', () => bot.steps.find(({ kind }) => kind === 'delivered'));
    await bot.signal('SIGKILL');
    const patches = one.patches();
    const restored = await startOn(copy);
    expect((await finished(restored)).kind).toBe(ends);
    expect(one.patches()).toBe(patches);
    expect(one.sent()).toHaveLength(1);
    expect(findBrokenPromises(house, one, password)).toEqual([]);
  });

  it.each(steps)('finishes what was at “%s” when the first bot ended there: %s', async (step, ends) => {
    const copy = await backUpAt(step);
    await bot.signal('SIGKILL');
    const patches = one.patches();
    const restored = await startOn(copy);
    expect((await finished(restored)).kind).toBe(ends);
    expect(one.patches()).toBe(patches);
    expect(one.password() === undefined).toBe(ends === 'refused');
    const outcome = await house.bell.until('the card says how it ended', () => one.outcome());
    expect(outcome).toBe(
      ends === 'refused'
        ? 'outcome-refused'
        : patches > 0 && step !== 'try-started'
          ? 'outcome-reset'
          : 'outcome-attention',
    );
  });

  it('lets the technician ask again', async () => {
    const copy = await backUpAt('approved');
    await bot.signal('SIGKILL');
    const restored = await startOn(copy);
    await finished(restored);
    await one.ask(restored);
    const again = house.connector.shown(one.chat).findLast(({ card }) => JSON.stringify(card).includes('confirmation'));
    expect(again).toBeDefined();
  });

  it('would reset again if the copy did not say what it is', async () => {
    const copy = await backUpAt('sealed');
    const unmarked = new DatabaseSync(copy);
    unmarked.exec(`delete from settings where name = 'restored-from'`);
    unmarked.close();
    await bot.signal('SIGCONT');
    const password = await house.bell.until('a password', () => one.password());
    await bot.signal('SIGKILL');
    await finished(await startOn(copy));
    expect(findBrokenPromises(house, one, password)).toEqual(['there was a PATCH after the password had been shown']);
  });
});

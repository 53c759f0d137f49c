import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { BotSettings } from './bot-orders.ts';
import { buildCrashHouse, type CrashHouse } from './crash-house.ts';
import { comesToRest } from './comes-to-rest.ts';
import { findBrokenPromises } from './find-broken-promises.ts';
import { openCase, type Case } from './open-case.ts';

describe('what is looked at after every death', () => {
  let house: CrashHouse;
  let one: Case;

  beforeEach(async () => {
    house = await buildCrashHouse();
    one = openCase(house);
  });
  afterEach(() => house.close());

  /** One reset from asking to its end, after a first try that had no effect, by a bot with this mistake in it. */
  const reset = async (plant: BotSettings['plant']): Promise<string> => {
    const bot = await house.start({ plant });
    house.partnerCenter.faults.next({
      method: 'PATCH',
      fault: { kind: 'server-fault', status: 500, effect: 'none' },
    });
    await one.ask(bot);
    await one.confirm(bot);
    const password = await house.bell.until('a password', one.password);
    await comesToRest(house, one);
    return password;
  };

  it('finds a password that is not the one of the first try', async () => {
    const password = await reset('another-password-with-every-try');
    expect(findBrokenPromises(house, one, password)).toEqual([
      '2 different passwords were sent',
      'the password that was delivered is not the one in force',
      'another password was sent than the one that was delivered',
    ]);
  });

  it('finds a password in the log, in whatever form', async () => {
    const password = await reset('password-in-log');
    expect(house.findFreshLeaks([password], house.bots)).toEqual([expect.stringContaining('printed')]);
    expect(house.findLeaks([password])).toEqual([expect.stringContaining('printed')]);
    expect(house.findLeaks([`${password}x`])).toEqual([]);
  });

  it('finds a password in a file of the database, and a trail that lacks its last records', async () => {
    const password = await reset('none');
    expect(house.findLeaks([password])).toEqual([]);
    expect(findBrokenPromises(house, one, password)).toEqual([]);
    expect(await house.checkTrail()).toEqual([]);
    await Promise.all(house.bots.map((bot) => bot.signal('SIGKILL')));
    const database = new DatabaseSync(house.file);
    database.exec('drop trigger audit_records_no_delete');
    database.exec('delete from audit_records where number = (select max(number) from audit_records)');
    database.prepare('insert into settings (name, value) values (?, ?)').run('planted', password);
    database.close();
    expect(house.findFreshLeaks([password], [])).not.toEqual([]);
    expect(await house.checkTrail()).not.toEqual([]);
    expect(await house.checkTrail('anew')).toEqual([expect.stringContaining('cut off')]);
  });
});

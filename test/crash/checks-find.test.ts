import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { findPostgres, startPostgres, type PostgresServer } from '../support/postgres.ts';
import type { BotSettings } from './bot-orders.ts';
import { buildCrashHouse, type CrashHouse } from './crash-house.ts';
import { comesToRest } from './comes-to-rest.ts';
import { createTechnician } from './create-technician.ts';
import { findBrokenPromises } from './find-broken-promises.ts';
import { findWhatIsLeft } from './find-what-is-left.ts';
import { openCase, type Case } from './open-case.ts';
import type { Bot } from './start-bot.ts';

const programs = findPostgres();
const [onPostgres, name] =
  programs.kind === 'found' ? [describe, 'on PostgreSQL'] : [describe.skip, `on PostgreSQL (skipped: ${programs.why})`];

/** One reset from asking to its delivery, after a first try that had no effect, by a bot with this mistake in it. */
async function reset(house: CrashHouse, one: Case, plant: BotSettings['plant']) {
  const bot = await house.start({ plant });
  house.partnerCenter.faults.next({
    method: 'PATCH',
    fault: { kind: 'server-fault', status: 500, effect: 'none' },
  });
  await one.ask(bot);
  await one.confirm(bot);
  const password = await house.bell.until('a password', one.password);
  await comesToRest(house, one);
  return { bot, password };
}

describe('what is looked at after every death', () => {
  let house: CrashHouse;
  let one: Case;

  beforeEach(async () => {
    house = await buildCrashHouse();
    one = openCase(house);
  });
  afterEach(() => house.close());

  it('finds a password that is not the one of the first try', async () => {
    const { password } = await reset(house, one, 'another-password-with-every-try');
    expect(findBrokenPromises(house, one, password)).toEqual([
      '2 different passwords were sent',
      'the password that was delivered is not the one in force',
      'another password was sent than the one that was delivered',
    ]);
  });

  it('finds a password in the log, in whatever form', async () => {
    const { password } = await reset(house, one, 'password-in-log');
    expect(await house.findFreshLeaks([password], house.bots)).toEqual([expect.stringContaining('printed')]);
    expect(await house.findLeaks([password])).toEqual([expect.stringContaining('printed')]);
    expect(await house.findLeaks([`${password}x`])).toEqual([]);
  });

  it('finds a password in a file of the database, and a trail that lacks its last records', async () => {
    const { password } = await reset(house, one, 'none');
    expect(await house.findLeaks([password])).toEqual([]);
    expect(findBrokenPromises(house, one, password)).toEqual([]);
    expect(await house.checkTrail()).toEqual([]);
    await Promise.all(house.bots.map((bot) => bot.signal('SIGKILL')));
    const database = new DatabaseSync(house.file);
    database.exec('drop trigger audit_records_no_delete');
    database.exec('delete from audit_records where number = (select max(number) from audit_records)');
    database.prepare('insert into settings (name, value) values (?, ?)').run('planted', password);
    database.close();
    expect(await house.findFreshLeaks([password], [])).not.toEqual([]);
    expect(await house.checkTrail()).not.toEqual([]);
    expect(await house.checkTrail('anew')).toEqual([expect.stringContaining('cut off')]);
  });

  it('finds a step without a record in a trail that is whole', async () => {
    const { bot, password } = await reset(house, one, 'none');
    await one.acknowledge(bot);
    expect(await left(bot, password)).toEqual([]);
    const database = new DatabaseSync(house.file);
    database.exec('update reset_requests set version = version + 1');
    const row = database.prepare('select version from reset_requests').get();
    database.close();
    const steps = Number(row?.['version']);
    expect(await house.checkTrail('anew')).toEqual([]);
    expect(await left(bot, password)).toEqual([`of ${steps} steps there are ${steps - 1} records`]);
  });

  const left = (survivor: Bot, password: string): Promise<readonly string[]> =>
    findWhatIsLeft(house, one, { survivor, way: 'message', password });
});

describe('what is looked at where a password is shown to who presses for it', () => {
  it('finds a PATCH after that, though no message holds the password', async () => {
    const house = await buildCrashHouse(undefined, { delivery: 'reveal' });
    const one = openCase(house);
    const bot = await house.start();
    const technician = createTechnician(house, one, 'reveal', 'a late PATCH');
    await technician.does('asking', bot);
    await technician.does('confirming', bot);
    const password = await technician.reads(bot);
    const find = () => findBrokenPromises(house, one, password, { inNoMessage: true });
    const before = find();
    const late = await fetch(`${house.toPartnerCenter.url}/v1/customers/${one.customer.id}/users/${one.user.id}`, {
      method: 'PATCH',
      body: JSON.stringify({ passwordProfile: { password } }),
    });
    const after = find();
    await house.close();
    expect(before).toEqual([]);
    expect(late.status).toBe(401);
    expect(after).toEqual(['there was a PATCH after the password had been shown']);
  });
});

onPostgres(`what is looked at after every death ${name}`, () => {
  let server: PostgresServer;
  let house: CrashHouse;

  beforeAll(async () => {
    server = await startPostgres(programs, { fsync: false });
    house = await buildCrashHouse(server);
  }, 60_000);
  afterAll(async () => {
    await house.close();
    await server.stop();
  });

  it('finds a password in a long value, which the files of the database hold packed', async () => {
    const { password } = await reset(house, openCase(house), 'none');
    expect(await house.findLeaks([password])).toEqual([]);
    const client = new Client({ connectionString: house.databaseUrl });
    await client.connect();
    await client.query('update reset_requests set details = replace(details, $1, $2)', ['INC-7', password]);
    await client.end();
    expect(await house.findLeaks([password])).toContain('a password lies in a row of a table');
    expect(await house.findFreshLeaks([password], [])).toEqual(['a password lies in a row of a table']);
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { own } from '../support/own.ts';
import { type AuditRecord, readAuditRecords } from '../support/read-audit-records.ts';
import { type ProductionHouse, startProductionHouse } from '../support/start-production-house.ts';

const robin = '0a1b2c3d-0000-4000-8000-00000000000a';

let house: ProductionHouse;
beforeEach(async () => {
  house = await startProductionHouse();
});
afterEach(() => house.stop());

/** What the trail holds once the bot has ended. */
function readTrail(): Promise<readonly AuditRecord[]> {
  return readAuditRecords(house.settings.databaseUrl);
}

describe('in production', () => {
  it('writes down a guest by name, three times of many, and before they are told', async () => {
    const bot = await house.start();
    const guest = house.person(bot.url);
    house.connector.addMember({
      id: '29:robin',
      name: 'Robin Tech',
      aadObjectId: robin,
      tenantId: house.settings.allowedTenants[0] ?? '',
      userPrincipalName: 'robin_other.example#EXT#@partner.onmicrosoft.com',
    });
    for (let times = 0; times < 5; times += 1) expect(await guest.say('help')).toBe(200);
    expect(await guest.text('Guests')).toContain('members of this organisation');
    await bot.stop();
    const records = await readTrail();
    expect(records.filter(({ kind }) => kind === 'not-let-in')).toMatchObject(
      Array.from({ length: 3 }, () => ({ actor: robin, facts: { rule: 'guest' } })),
    );
    expect(records).toHaveLength(3);
  });

  it('names itself in its log as it does in its records', async () => {
    const bot = await house.start();
    await house.person(bot.url).say('freeze everything');
    await bot.stop();
    const lines = house.log.filter((line) => line.includes('"listening"')).map((line): unknown => JSON.parse(line));
    const written = (await readTrail()).map(({ instance }) => instance);
    expect(written).not.toEqual([]);
    expect(new Set(written)).toEqual(new Set(lines.map((line) => own(line, 'instance'))));
  });

  it('writes nothing down of those whom no good token names', async () => {
    const bot = await house.start();
    const forger = house.person(bot.url, { token: 'forged' });
    for (let times = 0; times < 5; times += 1) expect(await forger.say('help')).toBe(401);
    await bot.stop();
    expect(await readTrail()).toEqual([]);
  });
});

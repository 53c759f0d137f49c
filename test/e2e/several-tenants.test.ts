import { afterEach, describe, expect, it } from '@jest/globals';
import { type ProductionHouse, startProductionHouse } from '../support/start-production-house.ts';

const home = '11111111-2222-4333-8444-555555555555';
const second = '0ff00000-0000-4000-8000-000000000003';
const robin = '0a1b2c3d-0000-4000-8000-00000000000a';
const sentence = 'reset password for Adele Vance at Contoso Bikes';

let house: ProductionHouse;
afterEach(() => house.stop());

/** The bot where two tenants are allowed, with this policy. */
async function begin(policy: object): Promise<ProductionHouse> {
  house = await startProductionHouse({ policy, allowedTenants: [home, second] });
  await house.consent();
  return house;
}

describe('with two allowed tenants', () => {
  it.each(['technicians', 'approvers', 'auditors'])('a policy that says * is refused: %s', async (key) => {
    await begin({ technicians: [robin], approvers: [robin], auditors: [robin], [key]: ['*'] });
    await expect(house.start()).rejects.toThrow(`${key}[0]: is everybody of every allowed tenant`);
  });

  it('a policy that says * for one customer is refused', async () => {
    const customers = { [robin]: { technicians: ['*'] } };
    await begin({ technicians: [], approvers: [], auditors: [], customers });
    await expect(house.start()).rejects.toThrow('is everybody of every allowed tenant');
  });

  it('a tenant that the policy names has the right, and the other one has none', async () => {
    await begin({ technicians: [`tenant:${second}`], approvers: [], auditors: [] });
    const bot = await house.start();
    const ofHome = house.person(bot.url);
    await ofHome.say(sentence);
    await ofHome.text('may not');
    const ofSecond = house.person(bot.url, { tenantId: second, letter: 'b' });
    await ofSecond.say(sentence);
    await ofSecond.card('confirmation');
  });

  it('an object id of the policy counts only with the tenant it was seen in', async () => {
    await begin({ technicians: [robin], approvers: [], auditors: [] });
    const bot = await house.start();
    const first = house.person(bot.url);
    await first.say(sentence);
    await first.card('confirmation');
    const namesake = house.person(bot.url, { tenantId: second, chat: 'a:namesake' });
    await namesake.say(sentence);
    expect(await namesake.text('another organisation')).toContain('I do nothing for you');
  });
});

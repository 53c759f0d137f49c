import { afterEach, describe, expect, it } from '@jest/globals';
import { findPerson } from '../../src/sandbox/partner-center/index.ts';
import { type ProductionHouse, startProductionHouse } from '../support/start-production-house.ts';

const address = 'adele.vance@contosobikes.onmicrosoft.com';

let house: ProductionHouse;

afterEach(() => house.stop());

/** A customer of whose token address Entra says what a test is about, and a technician. */
async function open() {
  house = await startProductionHouse({ graph: 'on' });
  await house.consent();
  const { customer } = findPerson(house.partnerCenter.data, address);
  const { url } = await house.start();
  const technician = house.person(url, { chat: 'a:chat-robin' });
  return {
    technician,
    answers: (tenant: Parameters<typeof house.entra.customer>[1]) => house.entra.customer(customer.id, tenant),
  };
}

const alarms = () => house.log.filter((line) => line.includes('"graph-unread"') && line.includes('"alarm"'));

describe('what Entra refuses at a customer', () => {
  it.each([
    [53_003, 'interaction_required', 'A Conditional Access policy of the customer keeps Locksmith out'],
    [50_020, 'invalid_grant', 'Locksmith’s account is not known in this customer’s tenant'],
    [700_082, 'invalid_grant', 'Locksmith’s sign-in was not used for 90 days'],
  ])(
    'is told on the card in a sentence, and to the operator: AADSTS%i',
    async (code, error, words) => {
      const { technician, answers } = await open();
      answers({ kind: 'refuses', error, code });
      await technician.say(`reset password for ${address}`);
      const confirmation = await technician.card('confirmation');
      expect(JSON.stringify(confirmation.card)).toContain(words);
      expect(JSON.stringify(confirmation.card)).toContain('look in the customer’s Entra admin center');
      expect(JSON.stringify(confirmation.card)).toContain('"Reset password"');
      expect(alarms()).toHaveLength(1);
      expect(alarms()[0]).toContain(String(code));
    },
    60_000,
  );

  it.each([
    [65_001, 'is not admitted to Microsoft Graph'],
    [7_000_229, 'is not admitted to Microsoft Graph'],
  ])(
    'for want of consent changes no card where nothing was ever told: AADSTS%i',
    async (code, words) => {
      const { technician, answers } = await open();
      answers({ kind: 'refuses', error: 'invalid_grant', code });
      await technician.say(`reset password for ${address}`);
      const confirmation = await technician.card('confirmation');
      expect(JSON.stringify(confirmation.card)).not.toContain(words);
      expect(JSON.stringify(confirmation.card)).not.toContain('Microsoft Graph');
      expect(alarms()).toEqual([]);
    },
    60_000,
  );
});

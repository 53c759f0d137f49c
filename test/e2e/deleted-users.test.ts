import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findPerson } from '../../src/sandbox/partner-center/index.ts';
import { readAuditRecords } from '../support/read-audit-records.ts';
import { Secret } from '../../src/base/secret.ts';
import { restorableUntil } from '../../src/reset/target.ts';
import { formatCardDay, formatDay } from '../../src/texts/formatting.ts';
import { type House, startHouse } from '../support/start-house.ts';
import { createTeamsPerson, robin, type TeamsPerson } from '../support/teams-person.ts';

let house: House;
let technician: TeamsPerson;
let asked: string[];

beforeEach(async () => {
  asked = [];
  const watched: typeof fetch = (input, init) => {
    asked.push(decodeURIComponent(input instanceof Request ? input.url : String(input)));
    return fetch(input, init);
  };
  house = await startHouse({ platform: { fetch: watched } });
  technician = createTeamsPerson(house, robin, { id: 'a:chat-robin', conversationType: 'personal' });
});
afterEach(() => house.stop());

const lynne = () => findPerson(house.partnerCenter.data, 'lynne.robbins@contosobikes.onmicrosoft.com').user;
const days = () => {
  const at = Date.parse(lynne().softDeletionTime ?? '');
  return { deleted: formatDay(at), until: formatDay(restorableUntil(at)) };
};
/** The same on a card, in the reader's own time. */
const cardDays = () => {
  const at = Date.parse(lynne().softDeletionTime ?? '');
  return { deleted: formatCardDay(at), until: formatCardDay(restorableUntil(at)) };
};
const deletedLookUps = () => asked.filter((url) => url.includes('"Value":"Inactive"'));

describe('a person who was deleted, over HTTP', () => {
  it.each([
    ['name', 'reset password for Lynne Robbins at Contoso Bikes'],
    ['address', 'reset lynne.robbins@contosobikes.onmicrosoft.com'],
  ])('is told as deleted by %s, with the day and until when, and by whom they are restored', async (_, text) => {
    const { deleted, until } = days();
    await technician.say(text);
    const said = await technician.text('was deleted on');
    expect(said).toContain('Lynne Robbins (lynne.robbins@contosobikes.onmicrosoft.com) at Contoso Bikes');
    expect(said).toContain(`was deleted on ${deleted}, and can be restored until ${until}.`);
    expect(said).toContain('a global or user administrator of the customer has restored it');
    expect(said).not.toContain('Try the full address');
    expect(deletedLookUps()).toHaveLength(1);
    const trail = await readAuditRecords(new Secret(`sqlite:${house.folder}/locksmith.db`));
    expect(trail.at(-1)).toMatchObject({ kind: 'asked-back', facts: { users: lynne().id } });
  });

  it('is told as deleted by id, and nothing is reset', async () => {
    const { deleted, until } = cardDays();
    await technician.say(`reset password for ${lynne().id} at Contoso Bikes`);
    const outcome = JSON.stringify((await technician.card('outcome-refused')).card);
    expect(outcome).toContain(`This account was deleted on ${deleted}, and can be restored until ${until}.`);
    expect(outcome).toContain('restored it in the Microsoft 365 admin center');
    expect(house.partnerCenter.calls.filter(({ method }) => method === 'PATCH')).toEqual([]);
  });

  it('is told in answer to a question for the customer, too', async () => {
    await technician.say('reset password for Lynne Robbins');
    await technician.text('At which customer');
    await technician.say('Contoso Bikes');
    expect(await technician.text('was deleted on')).toContain(days().until);
  });

  it('is told on the card that offers those who are near and live', async () => {
    const { data } = house.partnerCenter;
    const { customer, user } = findPerson(data, 'adele.vance@contosobikes.onmicrosoft.com');
    data.users(customer.id)?.change(user.id, { displayName: 'Lynne Robins', firstName: 'Lynne', lastName: 'Robins' });
    await technician.say('reset password for Lynne Robbins at Contoso Bikes');
    const shown = JSON.stringify((await technician.card('which-user')).card);
    expect(shown).toContain(`was deleted on ${cardDays().deleted}`);
    expect(shown).toContain('Or did you mean');
    expect(shown).toContain('Lynne Robins');
  });

  it('is looked up at no other customer, and not where somebody was found', async () => {
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    await technician.card('confirmation');
    expect(deletedLookUps()).toEqual([]);
    await technician.say('reset password for Lynne Robbins at Falcon Legal');
    await technician.text('There is no “Lynne Robbins”');
    const [only, ...more] = deletedLookUps();
    const falcon = house.partnerCenter.data.customers.find(({ name }) => name === 'Falcon Legal');
    expect([only?.includes(falcon?.id ?? '-'), more]).toEqual([true, []]);
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type House, startHouse } from '../support/start-house.ts';
import { createTeamsPerson, type TeamsPerson } from '../support/teams-person.ts';

const tenantId = '11111111-2222-4333-8444-555555555555';
const people = {
  robin: { name: 'Robin Tech', aadObjectId: '0a1b2c3d-0000-4000-8000-00000000000a', id: '29:robin' },
  sam: { name: 'Sam Other', aadObjectId: '0a1b2c3d-0000-4000-8000-00000000000b', id: '29:sam' },
};

describe('a command that Teams delivers twice', () => {
  let house: House;
  let robin: TeamsPerson;
  let sam: TeamsPerson;

  beforeEach(async () => {
    house = await startHouse();
    robin = join(people.robin);
    sam = join(people.sam);
  });
  afterEach(() => house.stop());

  function join(person: (typeof people)['robin']): TeamsPerson {
    house.connector.addMember({ ...person, tenantId, userPrincipalName: `${person.id.slice(3)}@partner.example` });
    return createTeamsPerson(house, person, {
      id: house.connector.personalChat(person.id),
      conversationType: 'personal',
    });
  }
  const alarms = () => house.alarms.map(({ kind }) => kind);
  const texts = (person: TeamsPerson) => person.shown().flatMap(({ text }) => text ?? []);

  it('lifts no freeze that came after it, also after a restart', async () => {
    await sam.say('freeze everything');
    await robin.say('thaw', { id: 'thaw-1' });
    await sam.say('freeze everything');
    await robin.say('thaw', { id: 'thaw-1' });
    await house.restart();
    await robin.say('thaw', { id: 'thaw-1' });
    expect(alarms()).toEqual(['frozen', 'thawed', 'frozen']);
    expect(texts(robin)).toHaveLength(1);
  });

  it('asks under a new id before it lifts what somebody else froze since, and lifts it when it is typed once more', async () => {
    await sam.say('freeze everything');
    await robin.say('thaw');
    await sam.say('freeze everything');
    await robin.say('thaw', { id: 'thaw-again' });
    await robin.say('thaw', { id: 'thaw-again' });
    expect(alarms()).toEqual(['frozen', 'thawed', 'frozen']);
    expect(texts(robin).at(-1)).toMatch(/^You typed the same a moment ago[^]*Every customer, by Sam Other/);
    await robin.say('thaw');
    expect(alarms()).toEqual(['frozen', 'thawed', 'frozen', 'thawed']);
  });

  it('lifts one’s own freeze without a question', async () => {
    for (const text of ['freeze everything', 'thaw', 'freeze everything', 'thaw']) await robin.say(text);
    expect(alarms()).toEqual(['frozen', 'thawed', 'frozen', 'thawed']);
  });

  it('freezes once', async () => {
    await robin.say('freeze everything', { id: 'freeze-1' });
    await robin.say('thaw');
    await robin.say('freeze everything', { id: 'freeze-1' });
    expect(alarms()).toEqual(['frozen', 'thawed']);
  });

  it('cancels nothing that was asked for after it', async () => {
    await robin.say('reset password for Adele Vance at Contoso Bikes');
    await robin.card('confirmation');
    await robin.say('cancel', { id: 'cancel-1' });
    await robin.card('outcome-cancelled');
    await robin.say('reset password for Adele Vance at Contoso Bikes');
    await robin.card('confirmation');
    await robin.say('cancel', { id: 'cancel-1' });
    await robin.card('confirmation');
    expect(texts(robin).filter((text) => text.startsWith('Cancelled'))).toHaveLength(1);
  });
});

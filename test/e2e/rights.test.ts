import { afterEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import type { Policy, Principal } from '../../src/reset/policy/policy.ts';
import type { PretendCustomer } from '../../src/sandbox/data/customers.ts';
import { createPretendPartnerCenter, findPerson } from '../../src/sandbox/partner-center/index.ts';
import { readAuditRecords } from '../support/read-audit-records.ts';
import { type House, startHouse } from '../support/start-house.ts';
import { createTeamsPerson, robin, sam, type TeamsPerson } from '../support/teams-person.ts';

const proof = { verification: 'In person', ticket: '' };
const named = ({ aadObjectId }: typeof robin): Principal => ({ kind: 'person', objectId: aadObjectId });

const { customers } = createPretendPartnerCenter().data;
const own = findCustomer('Contoso Bikes');
/** A customer of two plain words, with few users. */
const foreign = findCustomer('Falcon Legal');
/** Shares its name with another one. */
const twin = findCustomer('Northwind Traders');

function findCustomer(name: string): PretendCustomer {
  const found = customers.find((customer) => customer.name === name);
  if (found === undefined) throw new Error(`no customer ${name}`);
  return found;
}

/** Robin may reset for Contoso Bikes alone; Sam for every other customer, and Sam approves and audits. */
const policy: Partial<Policy> = {
  technicians: [named(sam)],
  approvers: [named(sam)],
  auditors: [named(sam)],
  customers: { [own.id]: { technicians: [named(robin)] } },
};

let house: House;
afterEach(() => house.stop());

async function begin(given: Partial<Policy> = policy): Promise<{ technician: TeamsPerson; other: TeamsPerson }> {
  house = await startHouse({ policy: given });
  return {
    technician: createTeamsPerson(house, robin, { id: 'a:chat-robin', conversationType: 'personal' }),
    other: createTeamsPerson(house, sam, { id: 'a:chat-sam', conversationType: 'personal' }),
  };
}

/** What a person was shown, except what they had typed themselves. */
const shownTo = (person: TeamsPerson): string => JSON.stringify([...person.shown(), ...person.direct()]);
const callsFor = ({ id }: PretendCustomer) => house.partnerCenter.calls.filter(({ path }) => path.includes(id));
const readTrail = () => readAuditRecords(new Secret(`sqlite:${house.folder}/locksmith.db`));

describe('a technician of a single customer', () => {
  it('resets for that customer', async () => {
    const { technician } = await begin();
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    await technician.card('outcome-reset');
  });

  it.each([
    ['its name in other letters', 'reset password for Nestor Wilke at falcon legal', 'of yours'],
    ['its domain', `reset password for Nestor Wilke at ${foreign.domain.toUpperCase()}`, 'of yours'],
    ['its tenant id', `reset password for Nestor Wilke at ${foreign.id.toUpperCase()}`, 'At which customer'],
    ['a name that is nearly its own', 'reset password for Nestor Wilke at falcon leagl', 'of yours'],
    ['a part of its name', 'reset password for Nestor Wilke at falcon', 'of yours'],
    ['a name that two customers have', 'reset password for Isaiah Langer at northwind traders', 'of yours'],
    ['its name before the sentence', 'falcon legal: pw for nestor wilke pls', 'At which customer'],
  ])('hears nothing of another customer by %s, and nothing of it is read', async (_, text, answer) => {
    const { technician } = await begin();
    await technician.say(text);
    await technician.text(answer);
    const shown = shownTo(technician);
    for (const { name, domain, id } of [foreign, twin]) {
      for (const word of [name, domain, id]) expect(shown).not.toContain(word);
      expect(house.partnerCenter.calls.filter(({ path }) => path.includes(id))).toEqual([]);
    }
    expect(shown).not.toContain('which-customer');
  });

  it.each([
    ['name', 'reset password for Nestor Wilke at ', 'Falcon Legal', 'Zyxel Legal', 'of yours'],
    ['domain', 'reset password for Nestor Wilke at ', foreign.domain, 'zyxel.onmicrosoft.com', 'of yours'],
    ['address', 'reset password for nestor.wilke@', foreign.domain, 'zyxel.onmicrosoft.com', 'of yours'],
    [
      'tenant id',
      'reset password for Nestor Wilke at ',
      foreign.id,
      '00000000-0000-4000-8000-000000000000',
      'At which',
    ],
  ])(
    'hears the same of another customer as of one that does not exist, by its %s',
    async (_, start, is, isNot, answer) => {
      const { technician } = await begin();
      await technician.say(`${start}${is}`);
      const heard = await technician.text(answer);
      await technician.say(`cancel`);
      const before = technician.shown().length;
      await technician.say(`${start}${isNot}`);
      const alsoHeard = technician
        .shown()
        .slice(before)
        .map(({ text }) => text?.replace('Zyxel', 'Falcon').replace(isNot, is));
      expect(alsoHeard).toEqual([heard]);
      expect(callsFor(foreign)).toEqual([]);
    },
  );

  it('stands in the trail with the customer that was named', async () => {
    const { technician } = await begin();
    await technician.say('reset password for Nestor Wilke at falcon legal');
    await technician.text('of yours');
    expect((await readTrail()).filter(({ kind }) => kind === 'question-refused')).toMatchObject([
      { actor: robin.aadObjectId, facts: { reason: 'not-a-technician', customers: foreign.id } },
    ]);
  });

  it.each(['freeze falcon legal', `freeze ${foreign.domain}`, `freeze ${foreign.id}`, 'freeze falcon'])(
    'freezes no other customer: %s',
    async (text) => {
      const { technician, other } = await begin();
      await technician.say(text);
      await technician.text('Nothing is frozen yet');
      expect(shownTo(technician)).not.toContain(foreign.name);
      await other.say('status');
      expect(JSON.stringify((await other.card('status')).card)).not.toContain('Frozen');
    },
  );

  it.each(['freeze everything', 'freeze'])('does not freeze everything: %s', async (text) => {
    const { technician, other } = await begin();
    await technician.say(text);
    expect(await technician.text('Nothing was frozen')).toContain('only these');
    await other.say('status');
    expect(JSON.stringify((await other.card('status')).card)).not.toContain('Frozen');
  });

  describe('who is on the general list, and not on that of the customer', () => {
    const general: Partial<Policy> = {
      technicians: [named(robin)],
      approvers: [named(sam)],
      auditors: [named(sam)],
      customers: { [foreign.id]: { technicians: [named(sam)] } },
    };

    it.each([
      ['name', 'Falcon Legal', [foreign.domain, foreign.id]],
      ['domain', foreign.domain, [foreign.name, foreign.id]],
      ['tenant id', foreign.id, [foreign.name, foreign.domain]],
    ])('freezes it by its exact %s, and hears no more of it than that', async (_, typed, unheard) => {
      const { technician, other } = await begin(general);
      await technician.say(`freeze ${typed}`);
      expect(await technician.text('Frozen')).toContain(typed);
      await technician.say(`freeze ${typed}`);
      await technician.text('is frozen already');
      await technician.say('status');
      await technician.card('status');
      for (const word of unheard) expect(shownTo(technician)).not.toContain(word);
      await other.say('status');
      expect(JSON.stringify((await other.card('status')).card)).toContain(`Frozen: ${foreign.name}`);
      const frozen = (await readTrail()).find(({ kind }) => kind === 'frozen');
      expect(frozen).toMatchObject({ actor: robin.aadObjectId, facts: { customer: foreign.id } });
    });

    it.each(['freeze falcon', 'freeze falcon leagl', 'freeze legal'])(
      'hears of no such customer by %s',
      async (text) => {
        const { technician, other } = await begin(general);
        await technician.say(text);
        await technician.text('Nothing is frozen yet');
        for (const word of [foreign.name, foreign.domain, foreign.id]) expect(shownTo(technician)).not.toContain(word);
        await other.say('status');
        expect(JSON.stringify((await other.card('status')).card)).not.toContain('Frozen');
      },
    );
  });

  it('freezes their own customer, and sees that freeze alone', async () => {
    const { technician, other } = await begin();
    await other.say('freeze Falcon Legal');
    await other.text('Frozen');
    await technician.say('freeze contoso bikes');
    await technician.text('Frozen');
    await technician.say('status');
    expect(JSON.stringify((await technician.card('status')).card)).toContain('Frozen: Contoso Bikes');
    expect(shownTo(technician)).not.toContain(foreign.name);
  });

  it('sees no request of a customer for which their right has ended, in status and history', async () => {
    const changing: { -readonly [Key in keyof Policy]?: Policy[Key] } = { ...policy };
    const { technician } = await begin(changing);
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    await technician.press(await technician.card('confirmation'), 'Cancel');
    await technician.say('reset password for Alex Wilber2 at Contoso Bikes');
    await technician.say('reset password for Megan Bowen at Contoso Bikes');
    await technician.card('confirmation');
    changing.customers = { [twin.id]: { technicians: [named(robin)] } };
    const before = technician.shown().length;
    await technician.say('history');
    await technician.say('status');
    const after = technician.shown().slice(before);
    expect(after).toHaveLength(2);
    expect(JSON.stringify(after)).toContain('not shown');
    for (const word of ['Adele', 'Megan', 'Contoso']) expect(JSON.stringify(after)).not.toContain(word);
  });
});

describe('somebody with a right for no customer', () => {
  it('has nothing searched or read, and the trail says so', async () => {
    const { technician } = await begin({ ...policy, customers: {} });
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    await technician.text('may not');
    expect(house.partnerCenter.calls).toEqual([]);
    expect((await readTrail()).filter(({ kind }) => kind === 'question-refused')).toHaveLength(1);
  });
});

describe('the trail', () => {
  it('holds whom a choice has shown, by their ids', async () => {
    const { technician } = await begin();
    await technician.say('reset password for Alex Wilber at Contoso Bikes');
    await technician.card('which-user');
    const asked = (await readTrail()).find(({ kind }) => kind === 'asked-back');
    const people = ['alex.wilber@', 'alex.wilber2@'].map(
      (start) => findPerson(house.partnerCenter.data, `${start}${own.domain}`).user.id,
    );
    expect(asked).toMatchObject({ actor: robin.aadObjectId, facts: { customers: own.id } });
    expect(String(asked?.facts['users']).split(' ').toSorted()).toEqual(people.toSorted());
  });

  it('holds the customer and the person of a choice that the right does not cover any more', async () => {
    const changing: { -readonly [Key in keyof Policy]?: Policy[Key] } = { ...policy };
    const { technician } = await begin(changing);
    await technician.say('reset password for Alex Wilber at Contoso Bikes');
    const asked = await technician.card('which-user');
    changing.customers = {};
    const [first] = [...JSON.stringify(asked.card).matchAll(/"value":"(?<key>[^"]+)"/g)];
    const before = callsFor(own).length;
    await technician.press(asked, 'Choose', { choice: first?.groups?.['key'] ?? '' });
    expect(callsFor(own).length).toBe(before);
    const refused = (await readTrail()).find(({ kind }) => kind === 'question-refused');
    expect(refused).toMatchObject({ facts: { reason: 'not-a-technician', customers: own.id } });
    expect(refused?.facts['users']).toMatch(/^[\da-f-]{36}$/);
  });

  it('holds that a way of verifying was made up, and not which', async () => {
    const { technician } = await begin();
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    const card = await technician.card('confirmation');
    const answer = await technician.press(card, 'Reset password', { verification: 'CANARY-made-up', ticket: '' });
    expect(JSON.stringify(answer.value)).toContain('not in the policy');
    const trail = await readTrail();
    expect(trail.filter(({ kind }) => kind === 'click-refused')).toMatchObject([
      { actor: robin.aadObjectId, facts: { reason: 'verification-unknown' } },
    ]);
    expect(JSON.stringify(trail)).not.toContain('CANARY-made-up');
  });

  it('holds into which message of which chat a password was delivered', async () => {
    const { technician } = await begin();
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    const message = await technician.card('direct-message', technician.directChat);
    await technician.card('outcome-reset');
    expect((await readTrail()).filter(({ kind }) => kind === 'delivered')).toMatchObject([
      { facts: { conversation: technician.directChat, message: message.id } },
    ]);
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Policy } from '../../src/reset/policy/policy.ts';
import { type House, startHouse } from '../support/start-house.ts';
import { createTeamsPerson, passwordIn, robin, type TeamsPerson } from '../support/teams-person.ts';

const tenantId = '11111111-2222-4333-8444-555555555555';
const proof = { verification: 'In person', ticket: '' };

let house: House;
let technician: TeamsPerson;
let policy: { -readonly [Key in keyof Policy]?: Policy[Key] };

beforeEach(async () => {
  policy = { technicians: [{ kind: 'person', objectId: robin.aadObjectId }] };
  house = await startHouse({ policy });
  technician = createTeamsPerson(house, robin, { id: 'a:chat-robin', conversationType: 'personal' });
});
afterEach(() => house.stop());

const passwordsPut = () =>
  house.connector.received.filter(({ call, body }) => call === 'update' && body.includes('"id":"password"'));

async function confirmed(): Promise<void> {
  await technician.say('reset password for Adele Vance at Contoso Bikes');
  await technician.press(await technician.card('confirmation'), 'Reset password', proof);
}

describe('before a password is put', () => {
  it('the right is looked up: one that ended while the password was set gets none', async () => {
    const held = Promise.withResolvers<void>();
    house.partnerCenter.faults.next({
      method: 'PATCH',
      fault: { kind: 'held', until: held.promise, effect: 'before' },
    });
    const pressing = confirmed();
    while (!house.partnerCenter.calls.some(({ method }) => method === 'PATCH'))
      await new Promise((resolve) => setImmediate(resolve));
    policy.technicians = [];
    held.resolve();
    await pressing;
    const card = await technician.card('outcome-attention');
    expect(JSON.stringify(card.card)).toContain('Ask for a reset again');
    await technician.text('ask for a reset again');
    expect(passwordsPut()).toEqual([]);
    expect(house.alarms).toMatchObject([{ kind: 'given-up', why: 'right-ended' }]);
  });

  it('the chat’s members are asked for, and a chat with somebody else in it gets no password', async () => {
    const other = { id: '29:other', name: 'Other', aadObjectId: '0a1b2c3d-0000-4000-8000-00000000000f' };
    house.connector.join(technician.directChat, { ...other, tenantId, userPrincipalName: 'other@partner.example' });
    await confirmed();
    const card = await technician.card('outcome-attention');
    expect(JSON.stringify(card.card)).toContain('Ask for a reset again');
    expect(passwordsPut()).toEqual([]);
    expect(house.alarms).toMatchObject([{ kind: 'given-up', why: 'not-alone' }]);
    expect(passwordIn(technician.direct().at(-1)?.card)).toBeUndefined();
  });

  it('a page with 200 for the chat’s members, or an empty list, says nothing: it is asked again', async () => {
    const page = { kind: 'page', contentType: 'text/html', body: '<title>Sign in to the network</title>' } as const;
    const empty = { kind: 'page', contentType: 'application/json', body: '[]' } as const;
    house.connector.fail('members', page);
    house.connector.fail('members', empty);
    await confirmed();
    const hasPassword = () => passwordIn(technician.direct().at(-1)?.card) !== undefined;
    for (let calls = house.connector.received.length; !hasPassword(); calls += 1)
      await house.connector.arrived(calls + 1);
    expect(house.connector.faultsLeft()).toBe(0);
    expect(passwordsPut()).toHaveLength(1);
    expect(house.alarms).toEqual([]);
  });

  it('a page with 200 for the put delivers nothing: it is put again until the message holds it', async () => {
    const page = { kind: 'page', contentType: 'text/html', body: '<title>Sign in to the network</title>' } as const;
    house.connector.fail('update', page, 2, ({ body }) => body.includes('"id":"password"'));
    await confirmed();
    await technician.card('outcome-reset');
    expect(house.connector.faultsLeft()).toBe(0);
    expect(passwordsPut()).toHaveLength(3);
    expect(passwordIn(technician.direct().at(-1)?.card)).toBeDefined();
  });

  it('the chat’s members are asked for once, and the requester alone gets it', async () => {
    await confirmed();
    await technician.card('outcome-reset');
    expect(passwordIn(technician.direct().at(-1)?.card)).toBeDefined();
    const asked = house.connector.received.filter(({ call }) => call === 'members');
    expect(asked.map(({ path }) => decodeURIComponent(path))).toEqual([
      `/v3/conversations/${technician.directChat}/members`,
    ]);
  });
});

describe('what was asked while there was a right', () => {
  const findCustomer = (name: string): string =>
    house.partnerCenter.data.customers.find((customer) => customer.name === name)?.id ?? '';
  /** From now on the right is one for another customer. */
  const endRight = (): void => {
    policy.technicians = [];
    policy.approvers = [];
    policy.auditors = [];
    policy.customers = {
      [findCustomer('Falcon Legal')]: { technicians: [{ kind: 'person', objectId: robin.aadObjectId }] },
    };
  };
  const answersTo = async (text: string): Promise<string> => {
    const before = technician.shown().length;
    await technician.say(text);
    while (technician.shown().length === before) await house.connector.arrived(house.connector.received.length + 1);
    return JSON.stringify(technician.shown().slice(before));
  };
  const names = /Adele|alex\.wilber|Contoso ?Bikes/i;

  it.each(['zzz', '1', 'status', 'cancel'])('is not shown by an answer to %p after it', async (text) => {
    await technician.say('reset password for Alex Wilber at Contoso Bikes');
    await technician.card('which-user');
    endRight();
    expect(await answersTo(text)).not.toMatch(names);
  });

  it.each(['confirm in person', 'cancel', 'status'])('is not listed by %p after it', async (text) => {
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    await technician.card('confirmation');
    await technician.say('reset password for alex.wilber@contosobikes.onmicrosoft.com');
    while (technician.shown().length < 2) await house.connector.arrived(house.connector.received.length + 1);
    endRight();
    expect(await answersTo(text)).not.toMatch(names);
  });
});

import { afterEach, describe, expect, it } from '@jest/globals';
import { findPerson } from '../../src/sandbox/partner-center/index.ts';
import { createMovableClock } from '../support/movable-clock.ts';
import { type House, startHouse } from '../support/start-house.ts';
import { createTeamsPerson, robin, sam } from '../support/teams-person.ts';

const own = { id: 'a:chat-robin', conversationType: 'personal' } as const;
const group = { id: '19:group@thread.v2', conversationType: 'groupChat' } as const;
const mention = { type: 'mention', text: '<at>Locksmith</at>', mentioned: { id: '28:bot', name: 'Locksmith' } };
const proof = { verification: 'In person', ticket: 'INC-7' };
const contoso = 'contosobikes.onmicrosoft.com';
const noConsent = { kind: 'graph-error', status: 401, code: 'Authorization_IdentityNotFound' } as const;
const forbidden = { kind: 'graph-error', status: 403, code: 'Authorization_RequestDenied' } as const;

let house: House;

afterEach(() => house.stop());

async function ask(nickname: string, chat: typeof own | typeof group = own) {
  const technician = createTeamsPerson(house, robin, chat);
  const address = `${nickname}@${contoso}`;
  const asked = `reset password for ${address}`;
  if (chat === group) await technician.say(`<at>Locksmith</at> ${asked}`, { entities: [mention] });
  else await technician.say(asked);
  return { technician, person: findPerson(house.partnerCenter.data, address) };
}

/** Asks, sees the confirmation with this button, and takes it back. Graph has told of the person then. */
async function lookOnce(nickname: string, button: 'Ask for approval' | 'Reset password') {
  const { technician } = await ask(nickname, group);
  const confirmation = await technician.card('confirmation');
  expect(JSON.stringify(confirmation.card)).toContain(`"${button}"`);
  await technician.press(confirmation, 'Cancel', {});
}

const patches = () => house.partnerCenter.calls.filter(({ method }) => method === 'PATCH');
const refusedWith = async (technician: ReturnType<typeof createTeamsPerson>) =>
  JSON.stringify((await technician.card('outcome-refused')).card);

function change({ customer, user }: ReturnType<typeof findPerson>, inEntra: 'blocked' | 'eligible' | 'restricted') {
  const changed = { inEntra };
  house.partnerCenter.data.users(customer.id)?.change(user.id, changed);
}

describe('an administrator by a role that can be activated', () => {
  it.each([
    ['consent is withdrawn', noConsent, 'is not admitted to Microsoft Graph'],
    ['the scope is gone', forbidden, 'does not permit that'],
    [
      'the licence has lapsed',
      { kind: 'graph-error', status: 400, code: 'AadPremiumLicenseRequired' } as const,
      'no licence',
    ],
    ['Graph throttles', { kind: 'throttled', retryAfter: { seconds: 3600 } } as const, 'is asked too often'],
  ])('is not reset as an ordinary person where %s, after a restart as before it', async (_why, fault, words) => {
    house = await startHouse({ graph: 'on' });
    await lookOnce('pradeep.gupta', 'Ask for approval');
    const path = fault === noConsent ? /./ : /roleEligib/;
    house.graph.faults.next({ path, fault, times: Infinity });
    for (const restart of [false, true]) {
      if (restart) await house.restart();
      const { technician } = await ask('pradeep.gupta', group);
      const refused = await refusedWith(technician);
      expect(refused).toContain(words);
      expect(refused).toMatch(/who can mend it, or end this protection|Try again in a minute/);
      expect(refused).not.toContain('Go on without it');
    }
    expect(patches()).toEqual([]);
  });

  it('stays one between the card and the press, whatever another process can read', async () => {
    house = await startHouse({ graph: 'on' });
    const { technician } = await ask('pradeep.gupta', group);
    const confirmation = await technician.card('confirmation');
    await house.restart();
    house.graph.faults.next({ path: /roleEligib/, fault: forbidden, times: Infinity });
    const again = createTeamsPerson(house, robin, group);
    await again.press(confirmation, 'Ask for approval', proof);
    expect(await refusedWith(again)).toContain('the roles that it can activate');
    expect(patches()).toEqual([]);
  });
});

describe('one call that says that there is no consent', () => {
  it('does not take restricted management away, now or half an hour later', async () => {
    const clock = createMovableClock();
    house = await startHouse({ graph: 'on', platform: { clock } });
    house.graph.faults.next({ path: /methods/, fault: noConsent, times: 1 });
    const words = 'whose role is assigned at that restricted administrative unit';
    expect(await refusedWith((await ask('henrietta.mueller')).technician)).toContain(words);
    clock.advance(30 * 60_000);
    house.graph.faults.next({ path: /methods/, fault: noConsent, times: Infinity });
    expect(await refusedWith((await ask('henrietta.mueller', group)).technician)).toContain(words);
  });
});

describe('another call that says that there is no consent', () => {
  it('takes nothing away: the changes of users, or a sign-out', async () => {
    house = await startHouse({ graph: 'on' });
    const { technician } = await ask('adele.vance');
    await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    await technician.card('outcome-reset');
    const message = await technician.card('direct-message', technician.directChat);
    house.graph.faults.next({ path: /revokeSignIn|users\/delta/, fault: noConsent, times: Infinity });
    await technician.press(message, 'Sign out everywhere', {}, technician.directChat);
    expect(await refusedWith((await ask('henrietta.mueller')).technician)).toContain('restricted administrative unit');
  });
});

describe('what comes up between the card and the press', () => {
  it('is shown on the card, which waits for another press and keeps what was said', async () => {
    house = await startHouse({ graph: 'on' });
    const { technician, person } = await ask('adele.vance');
    const confirmation = await technician.card('confirmation');
    expect(JSON.stringify(confirmation.card)).not.toContain('Sign-in is blocked');
    change(person, 'blocked');
    const pressed = await technician.press(confirmation, 'Reset password', proof);
    expect(JSON.stringify(pressed.value)).toContain('Sign-in is blocked');
    expect(JSON.stringify(pressed.value)).toContain('came up only when you pressed');
    expect(JSON.stringify(pressed.value)).toContain('INC-7');
    expect(patches()).toEqual([]);
    const shown = await technician.card('confirmation');
    expect(shown.id).toBe(confirmation.id);
    await technician.press(shown, 'Reset password', {});
    await technician.card('outcome-reset');
    expect(patches()).toHaveLength(1);
  });

  it('is a password that somebody else has just changed', async () => {
    house = await startHouse({ graph: 'on' });
    const first = await ask('adele.vance', group);
    const confirmation = await first.technician.card('confirmation');
    const other = createTeamsPerson(house, sam, { id: 'a:chat-sam', conversationType: 'personal' });
    await other.say(`reset password for adele.vance@${contoso}`);
    await other.press(await other.card('confirmation'), 'Reset password', proof);
    const message = await other.card('direct-message', other.directChat);
    await other.card('outcome-reset');
    await other.press(message, 'I have passed it on', {}, other.directChat);
    const pressed = await first.technician.press(confirmation, 'Reset password', proof);
    expect(JSON.stringify(pressed.value)).toContain('came up only when you pressed');
    expect(patches()).toHaveLength(1);
    await first.technician.press(await first.technician.card('confirmation'), 'Reset password', {});
    await first.technician.card('outcome-reset');
    expect(patches()).toHaveLength(2);
  });

  it.each([
    ['eligible', 'approval'],
    ['restricted', 'outcome-refused'],
  ] as const)('is a new kind of protection: %s leads to %s', async (kind, card) => {
    house = await startHouse({ graph: 'on' });
    const { technician, person } = await ask('adele.vance', group);
    const confirmation = await technician.card('confirmation');
    change(person, kind);
    await technician.press(confirmation, 'Reset password', proof);
    const reader = card === 'approval' ? createTeamsPerson(house, sam, group) : technician;
    expect(await reader.card(card)).toBeDefined();
    expect(patches()).toEqual([]);
  });
});

describe('a customer of whom Graph tells less', () => {
  it('has an administrator approved by what is told, between the card and the press too', async () => {
    house = await startHouse({ graph: 'on' });
    const { data } = house.partnerCenter;
    const customer = data.customers.find(({ domain }) => domain === 'northwindtraders-eu.onmicrosoft.com');
    const person = data
      .users(customer?.id ?? '')
      ?.slice('active', undefined, 0, 5)
      .find((user) => user.roles.length === 0 && user.inEntra === undefined && user.userDomainType !== 'federated');
    data.users(customer?.id ?? '')?.change(person?.id ?? '', { inEntra: 'eligible' });
    const technician = createTeamsPerson(house, robin, group);
    await technician.say(`<at>Locksmith</at> reset password for ${person?.userPrincipalName}`, { entities: [mention] });
    await technician.press(await technician.card('confirmation'), 'Ask for approval', proof);
    expect(await createTeamsPerson(house, sam, group).card('approval')).toBeDefined();
  });

  it('is not refused for a fact that Graph refuses to tell there, and never told', async () => {
    house = await startHouse({ graph: 'on' });
    const fault = { kind: 'graph-error', status: 400, code: 'TenantNotOnboarded' } as const;
    house.graph.faults.next({ path: /roleEligib/, fault, times: Infinity });
    await lookOnce('adele.vance', 'Reset password');
    await lookOnce('adele.vance', 'Reset password');
  });

  it('is not told to end its protection for a person whom Graph does not find yet', async () => {
    house = await startHouse({ graph: 'on' });
    await lookOnce('adele.vance', 'Reset password');
    const { user } = findPerson(house.partnerCenter.data, `adele.vance@${contoso}`);
    const fault = { kind: 'graph-error', status: 404, code: 'Request_ResourceNotFound' } as const;
    house.graph.faults.next({ path: new RegExp(user.id), fault, times: Infinity });
    const refused = await refusedWith((await ask('adele.vance')).technician);
    expect(refused).toContain('does not find this user');
    expect(refused).toContain('Try again in a minute');
    expect(refused).not.toContain('end this protection');
  });
});

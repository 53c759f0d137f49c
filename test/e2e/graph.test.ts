import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import { findPerson } from '../../src/sandbox/partner-center/index.ts';
import { sandboxPolicy } from '../../src/app/watch-policy-file.ts';
import type { Policy } from '../../src/reset/policy/policy.ts';
import { readPolicy } from '../../src/reset/policy/read-policy-file.ts';
import { createTour, followUpsPolicy } from '../../src/sandbox/tour.ts';
import { openTourTicks } from '../../src/sandbox/tour-ticks.ts';
import { createMovableClock } from '../support/movable-clock.ts';
import { type House, startHouse } from '../support/start-house.ts';
import { accessPassIn, createTeamsPerson, passwordIn, robin, sam } from '../support/teams-person.ts';

const own = { id: 'a:chat-robin', conversationType: 'personal' } as const;
const group = { id: '19:group@thread.v2', conversationType: 'groupChat' } as const;
const mention = { type: 'mention', text: '<at>Locksmith</at>', mentioned: { id: '28:bot', name: 'Locksmith' } };
const proof = { verification: 'In person', ticket: 'INC-7' };
const contoso = 'contosobikes.onmicrosoft.com';

let house: House;

afterEach(() => house.stop());

/** Asks for one person by their address, and gives what the technician sees. */
async function ask(nickname: string, chat: typeof own | typeof group = own, domain = contoso) {
  const technician = createTeamsPerson(house, robin, chat);
  const address = `${nickname}@${domain}`;
  const asked = `reset password for ${address}`;
  if (chat === group) await technician.say(`<at>Locksmith</at> ${asked}`, { entities: [mention] });
  else await technician.say(asked);
  return { technician, person: findPerson(house.partnerCenter.data, address) };
}

/** The numbers on file of a person, as Graph tells them. */
async function numbersOf(nickname: string): Promise<readonly string[]> {
  const { customer, user } = findPerson(house.partnerCenter.data, `${nickname}@${contoso}`);
  const graph = house.graphUrl;
  const answer = await fetch(`${graph}/v1.0/users/${user.id}?$select=mobilePhone,businessPhones`, {
    headers: { authorization: `Bearer sandbox.${customer.id}` },
  });
  const told: { mobilePhone: string | null; businessPhones: string[] } = JSON.parse(await answer.text());
  return [told.mobilePhone, ...told.businessPhones].filter((number) => number !== null);
}

describe('a reset with Microsoft Graph, over HTTP', () => {
  it('shows the numbers on file, the methods and the last change in the personal chat, and nowhere else', async () => {
    house = await startHouse({ graph: 'on' });
    const { technician } = await ask('adele.vance');
    const confirmation = await technician.card('confirmation');
    const shown = JSON.stringify(confirmation.card);
    const numbers = await numbersOf('adele.vance');
    expect(numbers.length).toBeGreaterThan(0);
    for (const number of numbers) expect(shown).toContain(number);
    expect(shown).toContain('Microsoft Authenticator');
    expect(shown).toContain('Password changed');
    await technician.press(confirmation, 'Reset password', proof);
    const outcome = await technician.card('outcome-reset');
    const message = await technician.card('direct-message', technician.directChat);
    expect(passwordIn(message.card)).toBeDefined();
    for (const number of numbers) {
      expect(JSON.stringify([outcome.card, message.card])).not.toContain(number);
      expect(house.log.join('\n')).not.toContain(number);
      expect(house.data()).not.toContain(number);
    }
  });

  it('shows none of it among others, and says it in the own chat', async () => {
    house = await startHouse({ graph: 'on' });
    const { technician } = await ask('adele.vance', group);
    const confirmation = await technician.card('confirmation');
    const [number = 'none'] = await numbersOf('adele.vance');
    expect(JSON.stringify(confirmation.card)).not.toContain(number);
    expect(JSON.stringify(confirmation.card)).not.toContain('Microsoft Authenticator');
    const sent = house.connector.received.filter(({ body }) => body.includes(number));
    expect(sent).toHaveLength(1);
    expect(sent[0]?.body).toContain('before you confirm the reset');
  });

  it.each([
    ['enrico.cattaneo', 'Sign-in is blocked'],
    ['miriam.graham', 'was changed less than 24 hours before'],
  ])('warns, and goes on: %s', async (nickname, words) => {
    house = await startHouse({ graph: 'on' });
    const { technician } = await ask(nickname);
    const confirmation = await technician.card('confirmation');
    expect(JSON.stringify(confirmation.card)).toContain(words);
    await technician.press(confirmation, 'Reset password', proof);
    expect(await technician.card('outcome-reset')).toBeDefined();
  });

  it('refuses a member of a restricted unit, with who can', async () => {
    house = await startHouse({ graph: 'on' });
    const { technician } = await ask('henrietta.mueller');
    const refused = await technician.card('outcome-refused');
    expect(JSON.stringify(refused.card)).toContain('whose role is assigned at that restricted administrative unit');
  });

  it.each([
    ['lidia.holloway', 'member of the role-assignable group Tenant administrators'],
    ['pradeep.gupta', 'Global Administrator (not active now, and this person can activate it)'],
  ])('wants a second person for an administrator of whom Graph alone tells: %s', async (nickname, words) => {
    house = await startHouse({ graph: 'on' });
    const { technician } = await ask(nickname, group);
    const confirmation = await technician.card('confirmation');
    await technician.press(confirmation, 'Ask for approval', proof);
    const approver = createTeamsPerson(house, sam, group);
    const approval = await approver.card('approval');
    expect(JSON.stringify(approval.card)).toContain(words);
    expect(house.partnerCenter.calls.filter(({ method }) => method === 'PATCH')).toEqual([]);
    await approver.press(approval, 'Approve', {});
    expect(await technician.card('direct-message', technician.directChat)).toBeDefined();
  });

  it('follows the changes of users at a customer of whom Graph has told, and finds by a name of a moment ago', async () => {
    const clock = createMovableClock();
    house = await startHouse({ graph: 'on', platform: { clock } });
    const first = await ask('adele.vance');
    await first.technician.press(await first.technician.card('confirmation'), 'Cancel', {});
    const second = await ask('miriam.graham');
    await second.technician.press(await second.technician.card('confirmation'), 'Cancel', {});
    const deltas = () => house.graph.calls.filter(({ path }) => path.endsWith('/users/delta'));
    while (deltas()[0]?.status === undefined) await new Promise(setImmediate);
    const { customer, user } = first.person;
    house.partnerCenter.data.users(customer.id)?.change(user.id, { displayName: 'Adele Renamed', lastName: 'Renamed' });
    clock.advance(60_000);
    await first.technician.say('reset password for Adele Renamed at Contoso Bikes');
    const confirmation = await first.technician.card('confirmation');
    expect(JSON.stringify(confirmation.card)).toContain('Adele Renamed');
    expect(deltas().map(({ query }) => query.has('$deltatoken'))).toEqual([false, true]);
  });

  it('refuses where what protects the account cannot be read any more', async () => {
    house = await startHouse({ graph: 'on' });
    const first = await ask('adele.vance');
    await first.technician.press(await first.technician.card('confirmation'), 'Cancel', {});
    house.graph.faults.next({
      path: /transitiveMemberOf/,
      fault: { kind: 'graph-error', status: 403, code: 'Authorization_RequestDenied' },
      times: Infinity,
    });
    const { technician } = await ask('adele.vance');
    const refused = await technician.card('outcome-refused');
    expect(JSON.stringify(refused.card)).toContain('the roles that it has through groups');
  });

  it('is the same as without Graph at a customer that has not consented, which is not asked again', async () => {
    // A small one: Wide World Importers has not consented either, and its 100,000 people are read in seconds.
    const domain = 'lanterninsurance.onmicrosoft.com';
    const textsOf = async (): Promise<unknown> => {
      const customer = house.partnerCenter.data.customers.find((each) => each.domain === domain);
      const people = house.partnerCenter.data.users(customer?.id ?? '')?.slice('active', undefined, 0, 20) ?? [];
      const anyone = people.find((user) => user.roles.length === 0 && user.userPrincipalName.endsWith(`@${domain}`));
      const { technician } = await ask(anyone?.userPrincipalName.replace(/@.*/, '') ?? 'nobody', own, domain);
      const confirmation = await technician.card('confirmation');
      await technician.press(confirmation, 'Cancel', {});
      return JSON.stringify(confirmation.card).replaceAll(/"request":"[^"]*"|\{\{[^}]*\}\}/g, '…');
    };
    house = await startHouse();
    const without = await textsOf();
    const requests = () => house.partnerCenter.calls.map(({ method, path }) => `${method} ${path}`).toSorted();
    const before = requests();
    await house.stop();
    house = await startHouse({ graph: 'on' });
    expect(await textsOf()).toEqual(without);
    expect(requests()).toEqual(before);
    const asked = house.graph.calls.length;
    expect(await textsOf()).toEqual(without);
    expect(house.graph.calls.length).toBe(asked);
    expect(house.graph.calls.every(({ status }) => status === 401 || status === 403)).toBe(true);
  });
});

describe('a synchronised person, where the policy says writeback', () => {
  const policy = { synchronisedUsers: 'writeback' } as const;

  it('gets one password through Graph, which works, and the cards say that it works on the domain’s machines', async () => {
    house = await startHouse({ graph: 'on', policy });
    const { technician, person } = await ask('diego.siciliani');
    const confirmation = await technician.card('confirmation');
    expect(JSON.stringify(confirmation.card)).toContain('written back to the customer’s local directory');
    await technician.press(confirmation, 'Reset password', proof);
    const message = await technician.card('direct-message', technician.directChat);
    await technician.card('outcome-reset');
    const shown = await technician.card('direct-message', technician.directChat);
    const password = passwordIn(shown.card) ?? 'none';
    expect(JSON.stringify(shown.card)).toContain('machines of their domain too');
    expect(message.id).toBe(shown.id);
    const { customer, user } = person;
    expect(house.partnerCenter.passwordMatches(customer.id, user.id, new Secret(password))).toBe(true);
    expect(house.graph.calls.filter(({ path }) => path.endsWith('/resetPassword'))).toHaveLength(1);
    expect(house.partnerCenter.calls.filter(({ method }) => method === 'PATCH')).toEqual([]);
  });

  it('hears that the local directory refused it, and that nothing was changed', async () => {
    house = await startHouse({ graph: 'on', policy });
    house.graph.faults.next({ path: /resetPassword/, fault: { kind: 'operation-fails', detail: 'PolicyViolation' } });
    const { technician } = await ask('diego.siciliani');
    await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    const refused = await technician.card('outcome-refused');
    expect(JSON.stringify(refused.card)).toContain('could not write the password to the customer’s local directory');
    expect(JSON.stringify(refused.card)).toContain('PolicyViolation');
  });

  it('is refused as before at a customer without consent, or with Graph off', async () => {
    house = await startHouse({ policy });
    const { technician } = await ask('diego.siciliani');
    expect(JSON.stringify((await technician.card('outcome-refused')).card)).toContain(
      'Reset the password in the local',
    );
  });
});

describe('signing out everywhere, over HTTP', () => {
  it('ends the sessions once, and says for how long open access can go on', async () => {
    house = await startHouse({ graph: 'on' });
    const { technician } = await ask('adele.vance');
    await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    const message = await technician.card('direct-message', technician.directChat);
    const pressed = await technician.press(message, 'Sign out everywhere', {}, technician.directChat);
    expect(JSON.stringify(pressed.value)).toContain('Apps that are open now can work on for up to an hour');
    await technician.press(message, 'Sign out everywhere', {}, technician.directChat);
    const revocations = house.graph.calls.filter(({ path }) => path.endsWith('/revokeSignInSessions'));
    expect(revocations.map(({ status }) => status)).toEqual([200]);
  });
});

describe('a Temporary Access Pass, over HTTP', () => {
  const policy = { followUps: { signOut: 'allow', accessPass: 'allow' } } as const;
  const button = 'Temporary access pass';

  async function deliver(nickname = 'adele.vance', domain = contoso) {
    const { technician } = await ask(nickname, own, domain);
    await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    const message = await technician.card('direct-message', technician.directChat);
    await technician.card('outcome-reset');
    const press = (title: string, card: typeof message = message) =>
      technician.press(card, title, {}, technician.directChat);
    const shown = async () => (await technician.card('direct-message', technician.directChat)).card;
    return { technician, message, press, shown };
  }

  const posts = () =>
    house.graph.calls.flatMap(({ method, path, status }) =>
      method === 'POST' && path.endsWith('/temporaryAccessPassMethods') ? [status] : [],
    );

  it('is seen with write-back and signing out by one person in a sandbox with the policy that comes along', async () => {
    const text = readFileSync(resolve(import.meta.dirname, '../..', followUpsPolicy), 'utf8');
    const shipped = readPolicy(text, sandboxPolicy);
    house = await startHouse({ graph: 'on', ...(shipped.kind === 'policy' && { policy: shipped.policy }) });
    const { technician, press, shown } = await deliver('diego.siciliani');
    // The first one was the placeholder, because a write-back takes some seconds.
    const message = await technician.card('direct-message', technician.directChat);
    expect(JSON.stringify(await shown())).toContain('The password works on the machines of their domain too');
    await press('Sign out everywhere', message);
    await press(button, message);
    expect(JSON.stringify(await shown())).toContain('Signed out everywhere');
    expect(accessPassIn(await shown())).toBe(house.graph.passesMade[0]);
    const { customers } = house.partnerCenter.data;
    const tour = (policy: Policy) => {
      const ticks = openTourTicks('/dev/null/none');
      const guide = createTour({ ticks, policy: () => policy, customers, approvePage: () => undefined });
      return JSON.stringify(guide(robin.aadObjectId, 'tour'));
    };
    expect(tour(sandboxPolicy)).toContain(`POLICY_FILE=${followUpsPolicy} npm start`);
    expect(tour(sandboxPolicy)).toContain('local directory: refused');
    const allowed = tour(shipped.kind === 'policy' ? shipped.policy : sandboxPolicy);
    expect(allowed).not.toContain('POLICY_FILE');
    expect(allowed).toContain('this policy writes the password back to it');
    expect(allowed).toContain('press Temporary access pass');
    const contoso = customers.find(({ name }) => name === 'Contoso Bikes')?.id ?? '';
    const there = { [contoso]: { synchronisedUsers: 'writeback' } } as const;
    expect(tour({ ...sandboxPolicy, customers: there })).toContain('this policy writes the password back to it');
  });

  it('is offered after a restart as before it', async () => {
    house = await startHouse({ graph: 'on', policy, delivery: 'reveal' });
    const { press } = await deliver();
    await house.restart();
    const revealed = JSON.stringify((await press('Show password')).value);
    expect(revealed).toContain(button);
    expect(revealed).toContain('Sign out everywhere');
  });

  it('stands beside the password in the one message, with the shortest lifetime that the tenant allows, and is hidden with it', async () => {
    house = await startHouse({ graph: 'on', policy });
    const { press, shown, message } = await deliver();
    const pressed = await press(button);
    expect(JSON.stringify(pressed.value)).toContain('works once, for 60 minutes');
    expect(accessPassIn(await shown())).toBe(house.graph.passesMade[0]);
    expect(passwordIn(await shown())).toBe(passwordIn(message.card));
    expect(JSON.stringify(await shown())).not.toContain(button);
    await press(button);
    // 10, 15, 20, 30 and 45 minutes are refused; the tenant takes 60.
    expect(posts()).toEqual([400, 400, 400, 400, 400, 201]);
    await press('I have passed it on');
    expect(accessPassIn(await shown())).toBeUndefined();
    expect(JSON.stringify(await shown())).not.toContain(house.graph.passesMade[0]);
  });

  it('goes with reveal to whoever pressed, beside the password, and into no message', async () => {
    house = await startHouse({ graph: 'on', policy, delivery: 'reveal' });
    const { press, message } = await deliver();
    expect(JSON.stringify(message.card)).not.toContain(button);
    const revealed = await press('Show password');
    expect(JSON.stringify(revealed.value)).toContain(button);
    const card = Object(revealed.value);
    const pressed = await press(button, { ...message, card });
    expect(accessPassIn(pressed.value)).toBe(house.graph.passesMade[0]);
    expect(passwordIn(pressed.value)).toBe(passwordIn(revealed.value));
    expect(accessPassIn((await press('Show password')).value)).toBe(house.graph.passesMade[0]);
    expect(house.connector.received.filter(({ body }) => body.includes(house.graph.passesMade[0] ?? 'none'))).toEqual(
      [],
    );
  });

  it('that nobody may use is told with the reason, and not shown', async () => {
    house = await startHouse({ graph: 'on', policy });
    const { press, shown } = await deliver('isaiah.langer', 'northwindtraders.onmicrosoft.com');
    const pressed = await press(button);
    expect(JSON.stringify(pressed.value)).toContain('policy does not let this person use one');
    expect(accessPassIn(await shown())).toBeUndefined();
    expect(posts()).toEqual([201]);
  });

  it('whose answer is lost is told, and not made again', async () => {
    house = await startHouse({ graph: 'on', policy });
    const { press, shown } = await deliver();
    const lost = { kind: 'server-fault', status: 500, effect: 'applied' } as const;
    house.graph.faults.next({ method: 'POST', path: /temporaryAccessPassMethods/, fault: lost });
    expect(JSON.stringify((await press(button)).value)).toContain('it can be shown to no one');
    await press(button);
    expect(posts()).toEqual([500]);
    expect(accessPassIn(await shown())).toBeUndefined();
  });

  it('is not offered, nor made, where the policy does not allow it', async () => {
    house = await startHouse({ graph: 'on' });
    const { message } = await deliver();
    expect(JSON.stringify(message.card)).not.toContain(button);
    expect(posts()).toEqual([]);
  });
});

it('with Graph off nothing of it is asked, and no button offers it', async () => {
  house = await startHouse();
  const { technician } = await ask('enrico.cattaneo');
  const confirmation = await technician.card('confirmation');
  expect(JSON.stringify(confirmation.card)).not.toMatch(/blocked|Registered|Number on file/);
  await technician.press(confirmation, 'Reset password', proof);
  const message = await technician.card('direct-message', technician.directChat);
  expect(JSON.stringify(message.card)).not.toContain('Sign out everywhere');
  expect(house.graph.calls).toEqual([]);
});

import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import { exampleSentence, findPerson } from '../../src/sandbox/partner-center/index.ts';
import { own } from '../support/own.ts';
import { type House, startHouse } from '../support/start-house.ts';
import {
  cardId,
  createTeamsPerson,
  findIn,
  passwordIn,
  robin,
  sam,
  type TeamsPerson,
} from '../support/teams-person.ts';

const proof = { verification: 'In person', ticket: 'INC-7' };
const adele = 'adele.vance@contosobikes.onmicrosoft.com';

let house: House;
let technician: TeamsPerson;

beforeEach(async () => {
  house = await startHouse();
  technician = createTeamsPerson(house, robin, { id: 'a:chat-robin', conversationType: 'personal' });
});
afterEach(() => house.stop());

const writes = () => house.partnerCenter.calls.filter(({ method }) => method === 'PATCH');
const isNow = (upn: string, password: string) => {
  const { customer, user } = findPerson(house.partnerCenter.data, upn);
  return house.partnerCenter.passwordMatches(customer.id, user.id, new Secret(password));
};

describe('the main job, over HTTP', () => {
  it('resets the password of the person on the card and brings it to the requester alone', async () => {
    expect(await technician.say(exampleSentence)).toBe(200);
    const asked = await technician.card('confirmation');
    const shown = JSON.stringify(asked.card);
    for (const text of ['Adele Vance', adele, 'Contoso Bikes', 'contosobikes.onmicrosoft.com'])
      expect(shown).toContain(text);
    expect(writes()).toEqual([]);

    const answer = await technician.press(asked, 'Reset password', proof);
    expect(answer).toMatchObject({ status: 200, type: 'application/vnd.microsoft.card.adaptive' });

    const direct = await technician.card('direct-message', technician.directChat);
    const password = passwordIn(direct.card) ?? '';
    expect(password.length).toBeGreaterThanOrEqual(15);
    expect(isNow(adele, password)).toBe(true);
    expect(JSON.stringify(direct.card)).toContain(adele);

    const done = await technician.card('outcome-reset');
    expect(done.id).toBe(asked.id);
    expect(findIn(done.card, (one) => own(one, 'type') === 'Action.Execute')).toBeUndefined();
    expect(JSON.stringify(done.card)).toContain('Robin Tech');
  });

  it('hides the password of an earlier reset of the same person, because it does not work any more', async () => {
    await technician.say(exampleSentence);
    await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    await technician.card('outcome-reset');
    const first = await technician.card('direct-message', technician.directChat);
    expect(passwordIn(first.card)).toBeDefined();
    await technician.say(exampleSentence);
    await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    const replaced = () => technician.direct().find(({ id }) => id === first.id)?.card;
    for (let looked = 0; looked < 200 && passwordIn(replaced()) !== undefined; looked += 1) await wait(25);
    expect(passwordIn(replaced())).toBeUndefined();
    expect(JSON.stringify(replaced())).toContain('Replaced by a newer reset');
    const shown = technician.direct().flatMap(({ card }) => passwordIn(card) ?? []);
    expect(shown.map((password) => isNow(adele, password))).toEqual([true]);
  });

  it('sends what the documents ask for, one password, by one call', async () => {
    await technician.say(exampleSentence);
    await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    await technician.card('outcome-reset');
    const [write, ...others] = writes();
    const { customer, user } = findPerson(house.partnerCenter.data, adele);
    expect(others).toEqual([]);
    expect(write).toMatchObject({ path: `/v1/customers/${customer.id}/users/${user.id}/resetpassword`, status: 200 });
    expect(new Set(house.partnerCenter.calls.map(({ correlationId }) => correlationId)).size).toBe(1);
  });

  it('only ever puts the password, into the placeholder that stood before, and shows it in no other message', async () => {
    await technician.say(exampleSentence);
    await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    await technician.card('outcome-reset');
    const direct = await technician.card('direct-message', technician.directChat);
    const password = passwordIn(direct.card) ?? 'missing';
    const holding = house.connector.received.filter(({ body }) => body.includes(password));
    expect(holding.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)).toEqual([`PUT ${direct.id}`]);
    expect(house.connector.versions(technician.directChat, direct.id).length).toBeGreaterThanOrEqual(2);
    expect(house.log.join('')).not.toContain(password);
    expect(house.data()).not.toContain(password);
  });

  it('answers the card by itself in the end though nobody heard where it stands, once it was pressed', async () => {
    house.connector.fail('post', { kind: 'status', status: 502, delivered: true });
    await technician.say(exampleSentence);
    const asked = await technician.card('confirmation');
    await technician.press(asked, 'Reset password', proof);
    expect((await technician.card('outcome-reset')).id).toBe(asked.id);
    // The press itself has written down where it stands.
    expect(house.data()).not.toContain('card-posted');
    const versions = house.connector.versions('a:chat-robin', asked.id);
    await Promise.all(Array.from({ length: 5 }, () => technician.press(asked, 'Reset password', proof)));
    await house.restart();
    expect(house.connector.versions('a:chat-robin', asked.id)).toEqual(versions);
    expect(writes()).toHaveLength(1);
  });

  it('resets once when the button is pressed twenty times at once', async () => {
    await technician.say(exampleSentence);
    const asked = await technician.card('confirmation');
    const presses = await Promise.all(
      Array.from({ length: 20 }, () => technician.press(asked, 'Reset password', proof)),
    );
    expect(presses.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    await technician.card('outcome-reset');
    expect(writes()).toHaveLength(1);
    expect(technician.direct()).toHaveLength(1);
    expect(presses.map(({ value }) => cardId(value))).toEqual(Array.from({ length: 20 }, () => 'outcome-reset'));
  });

  it('asked in a group chat, brings the password to the 1:1 and shows the group no more than that it was done', async () => {
    const group = createTeamsPerson(house, robin, { id: '19:group@thread.v2', conversationType: 'groupChat' });
    const mention = { type: 'mention', text: '<at>Locksmith</at>', mentioned: { id: '28:bot', name: 'Locksmith' } };
    await group.say(`<at>Locksmith</at> ${exampleSentence}`, { entities: [mention] });
    await group.press(await group.card('confirmation'), 'Reset password', proof);
    await group.card('outcome-reset');
    const password = passwordIn((await group.card('direct-message', group.directChat)).card) ?? 'missing';
    expect(isNow(adele, password)).toBe(true);
    expect(JSON.stringify(group.shown())).not.toContain(password);
  });

  it('changes nothing when somebody else presses, and nothing when it is not said how the caller was verified', async () => {
    await technician.say(exampleSentence);
    const asked = await technician.card('confirmation');
    const other = createTeamsPerson(house, sam, { id: 'a:chat-robin', conversationType: 'personal' });
    expect(await other.press(asked, 'Reset password', proof)).toMatchObject({
      status: 200,
      type: 'application/vnd.microsoft.activity.message',
    });
    expect(await technician.press(asked, 'Reset password', {})).toMatchObject({
      status: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: expect.stringContaining('verified'),
    });
    expect(writes()).toEqual([]);
    expect(cardId((await technician.card('confirmation')).card)).toBe('confirmation');
  });

  it('cancels, and says so on the card', async () => {
    await technician.say(exampleSentence);
    const asked = await technician.card('confirmation');
    const answer = await technician.press(asked, 'Cancel');
    expect(cardId(answer.value)).toBe('outcome-cancelled');
    expect((await technician.card('outcome-cancelled')).id).toBe(asked.id);
    await technician.press(asked, 'Reset password', proof);
    expect(writes()).toEqual([]);
  });

  it('resets nothing when the direct message cannot be opened, and says why', async () => {
    await technician.say(exampleSentence);
    house.connector.fail('create', { kind: 'status', status: 403, code: 'BotNotInConversationRoster' }, 4);
    const answer = await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    expect(cardId(answer.value)).toBe('outcome-refused');
    expect(writes()).toEqual([]);
  });

  it.each([
    ['megan.bowen@contosobikes.onmicrosoft.com', 'an administrator'],
    ['diego.siciliani@contosobikes.onmicrosoft.com', 'somebody synchronised'],
    ['johanna.lorenz@contosobikes.example', 'somebody who signs in elsewhere'],
  ])('refuses %s, %s', async (upn) => {
    await technician.say(`reset password for ${upn} at Contoso Bikes`);
    const refused = await technician.card('outcome-refused');
    expect(findIn(refused.card, (one) => own(one, 'type') === 'Action.Execute')).toBeUndefined();
    expect(writes()).toEqual([]);
  });

  it.each([
    ['reset password for Nobody Atall at Contoso Bikes', 'Nobody Atall'],
    ['please reset the password of Lovely Nosuch at Contoso Bikes', 'Lovely Nosuch'],
    ['reset password for Adele Vance at Nowhere Ltd', 'Nowhere Ltd'],
    ['reset password for Adele Vance', 'customer'],
    ['what is the weather', 'reset password for'],
    ['how do I reset a password?', 'reset password for'],
  ])('answers “%s” in words and asks nobody to press anything', async (text, expected) => {
    await technician.say(text);
    const [reply] = technician.shown();
    expect(reply?.card).toBeUndefined();
    expect(reply?.text).toContain(expected);
    expect(writes()).toEqual([]);
  });

  it('answers a mention without a word', async () => {
    const mention = { type: 'mention', text: '<at>Locksmith</at>', mentioned: { id: '28:bot', name: 'Locksmith' } };
    await technician.say('<at>Locksmith</at>', { entities: [mention] });
    expect(JSON.stringify((await technician.card('home')).card)).toContain('reset password for');
  });

  it('refuses politely what is longer than any request', async () => {
    await technician.say('x'.repeat(1200));
    expect(technician.shown()[0]?.text).toContain('longer');
  });

  it('says that Partner Center is down, with the correlation id, and changes nothing', async () => {
    house.partnerCenter.faults.next({ times: 20, fault: { kind: 'server-fault', status: 503, effect: 'none' } });
    await technician.say(exampleSentence);
    const reply = technician.shown().at(-1);
    expect(reply?.text).toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
    expect(reply?.text).toContain('Nothing was changed');
  });

  it('hides the password when it is passed on, and keeps no sealed copy', async () => {
    await technician.say(exampleSentence);
    await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    await technician.card('outcome-reset');
    const direct = await technician.card('direct-message', technician.directChat);
    const password = passwordIn(direct.card) ?? 'missing';
    const answer = await technician.press(direct, 'I have passed it on', {}, technician.directChat);
    expect(cardId(answer.value)).toBe('direct-message');
    expect(JSON.stringify(answer.value)).not.toContain(password);
    expect(JSON.stringify(technician.direct())).not.toContain(password);
  });

  it('answers a press after a restart as if there had been none', async () => {
    await technician.say(exampleSentence);
    const asked = await technician.card('confirmation');
    await house.restart();
    await technician.press(asked, 'Reset password', proof);
    await technician.card('outcome-reset');
    await house.restart();
    const again = await technician.press(asked, 'Reset password', proof);
    expect(cardId(again.value)).toBe('outcome-reset');
    expect(writes()).toHaveLength(1);
  });
});

describe('what is typed besides a reset', () => {
  it('says what is open, and cancels the one open question', async () => {
    await technician.say('status');
    expect(JSON.stringify((await technician.card('status')).card)).toContain('Nothing of yours is open');
    await technician.say(exampleSentence);
    const asked = await technician.card('confirmation');
    await technician.say('status');
    expect(JSON.stringify((await technician.card('status')).card)).toContain('Adele Vance');
    await technician.say('cancel');
    expect(technician.shown().at(-1)?.text).toContain('Cancelled');
    expect((await technician.card('outcome-cancelled')).id).toBe(asked.id);
  });

  it('closes by its reference what is shown, for the person who asked and nobody else', async () => {
    await technician.say(exampleSentence);
    await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    await technician.card('outcome-reset');
    await technician.say('status');
    const status = JSON.stringify((await technician.card('status')).card);
    const reference = /"([A-Z\d]{4}-[A-Z\d]{4})"/.exec(status)?.[1] ?? 'none';
    const other = createTeamsPerson(house, sam, { id: 'a:chat-sam', conversationType: 'personal' });
    await other.say(`cancel ${reference}`);
    expect(other.shown().at(-1)?.text).toContain('no open request');
    expect(passwordIn((await technician.card('direct-message', technician.directChat)).card)).toBeDefined();
    await technician.say(`cancel ${reference}`);
    expect(technician.shown().at(-1)?.text).toContain(
      'not shown any more. That hides it, and takes no reset back: the new password stays in force.',
    );
    expect(passwordIn((await technician.card('direct-message', technician.directChat)).card)).toBeUndefined();
  });
});

describe('a customer that was typed', () => {
  it.each([
    'reset Adele Vance’s password at Contosso Bikes',
    'reset Isaiah Langer password at Contoso Bikes',
    'Adele Vance needs a password reset at Nowhere Ltd',
    'Nowhere Ltd: reset password for Adele Vance',
  ])('is never replaced by the one of the last reset: “%s”', async (text) => {
    await technician.say(exampleSentence);
    await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    await technician.card('outcome-reset');
    await technician.say(text);
    const last = technician.shown().at(-1);
    expect(cardId(last?.card)).not.toBe('confirmation');
    expect(writes()).toHaveLength(1);
  });
});

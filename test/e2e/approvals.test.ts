import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import type { Policy } from '../../src/reset/policy/policy.ts';
import { findPerson } from '../../src/sandbox/partner-center/index.ts';
import { createMovableClock, type MovableClock } from '../support/movable-clock.ts';
import { own } from '../support/own.ts';
import { createPretendGroups, type PretendGroups } from '../support/pretend-groups.ts';
import { type House, startHouse } from '../support/start-house.ts';
import {
  cardId,
  createTeamsPerson,
  findIn,
  passwordIn,
  type PressAnswer,
  robin,
  type TeamsPerson,
} from '../support/teams-person.ts';

const sam = { name: 'Sam Second', aadObjectId: '0a1b2c3d-0000-4000-8000-00000000000b', id: '29:sam' };
const kim = { name: 'Kim Third', aadObjectId: '0a1b2c3d-0000-4000-8000-00000000000c', id: '29:kim' };
const team = 'de500000-0000-4000-8000-00000000000c';
const proof = { verification: 'In person', ticket: 'INC-7' };
const megan = 'megan.bowen@contosobikes.onmicrosoft.com';
const sentence = `reset password for ${megan} at Contoso Bikes`;
const second = { id: '19:second-line@thread.v2', conversationType: 'groupChat' };
const mention = { type: 'mention', text: '<at>Locksmith</at>', mentioned: { id: '28:bot', name: 'Locksmith' } };
const card = 'application/vnd.microsoft.card.adaptive';
const message = 'application/vnd.microsoft.activity.message';

let policy: { -readonly [Key in keyof Policy]?: Policy[Key] };
let clock: MovableClock;
let groups: PretendGroups;
let house: House;
let technician: TeamsPerson;
let approver: TeamsPerson;

beforeEach(async () => {
  policy = {};
  clock = createMovableClock();
  groups = createPretendGroups();
  const durations = { lease: 45_000, resetTry: 25_000, poll: 50 };
  house = await startHouse({ policy, groups, platform: { clock, durations } });
  for (const { name, aadObjectId, id } of [robin, sam, kim]) {
    const userPrincipalName = `${id.slice(3)}@partner.example`;
    house.connector.addMember({ id, aadObjectId, name, userPrincipalName, tenantId: 'here' });
  }
  technician = createTeamsPerson(house, robin, second);
  approver = createTeamsPerson(house, sam, second);
});
afterEach(() => house.stop());

const inGroup = (who: TeamsPerson, text: string) => who.say(`<at>Locksmith</at> ${text}`, { entities: [mention] });
const writes = () => house.partnerCenter.calls.filter(({ method }) => method === 'PATCH');
const buttonsOf = (shown: unknown) => findIn(shown, (one) => own(one, 'type') === 'Action.Execute');
const isNow = (password: string) => {
  const { customer, user } = findPerson(house.partnerCenter.data, megan);
  return house.partnerCenter.passwordMatches(customer.id, user.id, new Secret(password));
};
/** The cards of the group chat, by their names. */
const cardsShown = () => technician.shown().flatMap((one) => (one.card === undefined ? [] : [cardId(one.card)]));
/** Looks again and again, until it is so. */
const until = async (isSo: () => boolean) => {
  while (!isSo()) await wait(20);
};
/** Robin asks in the group chat and confirms: the card that asks a second person. */
const askForMegan = async () => {
  await inGroup(technician, sentence);
  const asked = await technician.card('confirmation');
  await technician.press(asked, 'Ask for approval', proof);
  return technician.card('approval');
};
const expectRefusedClick = (answer: PressAnswer, words: RegExp) => {
  expect(answer).toMatchObject({ status: 200, type: message });
  expect(String(answer.value)).toMatch(words);
  expect(writes()).toEqual([]);
};

describe('a second person, over HTTP', () => {
  it('is asked in the group chat, sees what the technician saw, approves, and the password goes to the technician alone', async () => {
    const asked = await askForMegan();
    const shown = JSON.stringify(asked.card);
    const wanted = [
      megan,
      'Megan Bowen',
      'Contoso Bikes',
      'contosobikes.onmicrosoft.com',
      'Administrator',
      'Robin Tech',
    ];
    for (const text of [...wanted, 'robin@partner.example', 'In person', 'INC-7']) expect(shown).toContain(text);
    expect(JSON.stringify((await technician.card('confirmation')).card)).toContain('waits for approval');
    expect(writes()).toEqual([]);

    expect(await approver.press(asked, 'Approve')).toMatchObject({ status: 200, type: card });
    const password = passwordIn((await technician.card('direct-message', technician.directChat)).card) ?? 'missing';
    expect(password).toHaveLength(16);
    expect(isNow(password)).toBe(true);
    await technician.card('outcome-reset');
    const last = () => technician.shown().filter((one) => cardId(one.card) === 'outcome-reset');
    await until(() => last().length === 2);
    for (const one of last()) {
      expect(JSON.stringify(one.card)).toContain('Sam Second');
      expect(buttonsOf(one.card)).toBeUndefined();
    }
    expect(JSON.stringify(approver.shown())).not.toContain(password);
  });

  it('is answered in time while another approver’s chat hangs', async () => {
    policy.approvers = [sam, kim].map(({ aadObjectId }) => ({ kind: 'person', objectId: aadObjectId }));
    const alone = createTeamsPerson(house, robin, { id: 'a:robin', conversationType: 'personal' });
    await alone.say(sentence);
    const asked = await alone.card('confirmation');
    const { promise: hangs, resolve: go } = Promise.withResolvers<undefined>();
    house.connector.fail('post', { kind: 'slow', until: hangs.then(() => undefined) });
    const pressed = alone.press(asked, 'Ask for approval', proof);
    const people = [approver, createTeamsPerson(house, kim, { id: 'a:kim', conversationType: 'personal' })];
    const askedOf = () =>
      people.flatMap((who) =>
        house.connector
          .shown(who.directChat)
          .flatMap(({ id, card }) => (card && cardId(card) === 'approval' ? [{ who, id, card }] : [])),
      )[0];
    await until(() => askedOf() !== undefined);
    const first = askedOf();
    const answering = first?.who.press(first, 'Approve', {}, first.who.directChat);
    let answer: PressAnswer | undefined;
    void answering?.then((given) => (answer = given));
    await until(() => answer !== undefined);
    expect(answer).toMatchObject({ status: 200, type: message });
    expect(String(answer?.value)).toMatch(/still at work on this request/);
    go(undefined);
    await pressed;
    await alone.card('outcome-reset');
  });

  it('declines, and both cards say who did', async () => {
    const asked = await askForMegan();
    const answer = await approver.press(asked, 'Decline');
    expect(cardId(answer.value)).toBe('outcome-declined');
    expect(cardsShown()).toEqual(['outcome-declined', 'outcome-declined']);
    expect(await technician.text('declined')).toContain('Robin Tech: Sam Second declined the reset for Megan Bowen');
    expect(writes()).toEqual([]);
  });

  it.each([
    ['themselves', {}],
    ['their Entra id in capitals', { aadObjectId: robin.aadObjectId.toUpperCase() }],
    ['their Entra id in braces', { aadObjectId: `{${robin.aadObjectId}}` }],
    ['the id of Teams that holds it', { aadObjectId: kim.aadObjectId, id: `8:orgid:${robin.aadObjectId}` }],
    ['another account with their address', { aadObjectId: kim.aadObjectId, id: '29:robin-again' }],
  ])('is never the requester, as %s', async (_form, form) => {
    house.connector.addMember({
      id: '29:robin-again',
      aadObjectId: kim.aadObjectId,
      name: 'Robin Again',
      userPrincipalName: 'robin_partner.example#EXT#@other.example',
      tenantId: 'here',
    });
    const asked = await askForMegan();
    const again = createTeamsPerson(house, { ...robin, ...form }, second);
    expectRefusedClick(await again.press(asked, 'Approve'), /asked for this reset yourself/);
    expectRefusedClick(await again.press(asked, 'Decline'), /asked for this reset yourself/);
    expect(house.alarms.map(({ kind }) => kind)).toEqual(['foreign-press', 'foreign-press']);
    expect(house.data()).toContain('own-request');
  });

  it('is never the person whose account it is', async () => {
    const asked = await askForMegan();
    const { user } = findPerson(house.partnerCenter.data, megan);
    house.connector.addMember({ ...kim, aadObjectId: kim.aadObjectId, userPrincipalName: megan, tenantId: 'here' });
    for (const form of [kim, { ...sam, id: '29:elsewhere', aadObjectId: user.id.toUpperCase() }]) {
      const self = createTeamsPerson(house, form, second);
      expectRefusedClick(await self.press(asked, 'Approve'), /your own account/);
    }
  });

  it('is looked up at the click: out of the group, nobody approves; in it, they do', async () => {
    policy.approvers = [{ kind: 'group', objectId: team }];
    groups.put(sam.aadObjectId, [team]);
    const asked = await askForMegan();
    groups.put(sam.aadObjectId, []);
    expectRefusedClick(await approver.press(asked, 'Approve'), /may not approve/);
    groups.put(sam.aadObjectId, [team]);
    clock.advance(61_000);
    await approver.press(asked, 'Approve');
    await technician.card('outcome-reset');
    expect(writes()).toHaveLength(1);
  });

  it('has the target and the policy looked up at the click as well', async () => {
    const asked = await askForMegan();
    policy.privilegedTargets = 'deny';
    expect(cardId((await approver.press(asked, 'Approve')).value)).toBe('outcome-refused');
    expect(cardsShown()).toEqual(['outcome-refused', 'outcome-refused']);
    expect(writes()).toEqual([]);
  });

  it('counts once: two approvers at once reset once, and approve and decline at once come to one end', async () => {
    const third = createTeamsPerson(house, kim, second);
    const asked = await askForMegan();
    const [one, other] = await Promise.all([approver.press(asked, 'Approve'), third.press(asked, 'Approve')]);
    expect([one.type, other.type]).toEqual([card, card]);
    await technician.card('outcome-reset');
    expect(writes()).toHaveLength(1);

    const again = await askForMegan();
    await Promise.all([approver.press(again, 'Approve'), third.press(again, 'Decline')]);
    const ended = () => technician.shown().filter((one) => cardId(one.card)?.startsWith('outcome-')).length;
    await until(() => ended() === 4);
    const declined = technician.shown().some((one) => cardId(one.card) === 'outcome-declined');
    expect(writes()).toHaveLength(declined ? 1 : 2);
  });

  it('cannot be counted again by a replayed click', async () => {
    const asked = await askForMegan();
    await approver.press(asked, 'Approve');
    await technician.card('outcome-reset');
    const replayed = await approver.press(asked, 'Approve');
    expect(cardId(replayed.value)).toBe('outcome-reset');
    expect(cardId((await approver.press(asked, 'Decline')).value)).toBe('outcome-reset');
    expect(writes()).toHaveLength(1);
    expect(house.data()).toContain('already-decided');
  });

  it('comes too late once the time is up, and the cards say so by themselves', async () => {
    const asked = await askForMegan();
    clock.advance(60 * 60_000);
    expect(cardId((await approver.press(asked, 'Approve')).value)).toBe('outcome-expired');
    expect((await technician.card('outcome-expired')).id).not.toBe('');
    expect(JSON.stringify((await technician.card('outcome-expired')).card)).toContain('No second person approved');
    expect(writes()).toEqual([]);
  });

  it('is nobody of another tenant, and nobody in another chat', async () => {
    const asked = await askForMegan();
    const stranger = createTeamsPerson(house, kim, second, '99999999-2222-4333-8444-555555555555');
    expectRefusedClick(await stranger.press(asked, 'Approve'), /another organisation/);
    const copy = createTeamsPerson(house, sam, { id: '19:copy@thread.v2', conversationType: 'groupChat' });
    expectRefusedClick(await copy.press(asked, 'Approve'), /not asked in this chat/);
    expectRefusedClick(await approver.press(asked, 'Approve', {}, approver.directChat), /not asked in this chat/);
    expect(house.alarms.map(({ kind }) => kind)).toEqual(['foreign-press', 'foreign-press', 'foreign-press']);
  });

  it('is asked in direct messages where the reset was asked in the bot’s own chat, and after a restart every copy changes', async () => {
    policy.approvers = [
      { kind: 'person', objectId: sam.aadObjectId },
      { kind: 'group', objectId: team },
    ];
    groups.put(kim.aadObjectId, [team]);
    const third = createTeamsPerson(house, kim, { id: 'a:kim', conversationType: 'personal' });
    await third.say('hi');
    await third.card('home');
    const alone = createTeamsPerson(house, robin, { id: 'a:robin', conversationType: 'personal' });
    await alone.say(sentence);
    await alone.press(await alone.card('confirmation'), 'Ask for approval', proof);
    const forSam = await approver.card('approval', approver.directChat);
    const forKim = await third.card('approval', third.directChat);
    expect(forSam.id).not.toBe(forKim.id);
    expectRefusedClick(await third.press(forKim, 'Approve', {}, 'a:kim'), /not asked in this chat/);
    await house.restart();
    await approver.press(forSam, 'Approve', {}, approver.directChat);
    expect((await third.card('outcome-reset', third.directChat)).id).toBe(forKim.id);
    expect((await approver.card('outcome-reset', approver.directChat)).id).toBe(forSam.id);
    expect((await alone.card('outcome-reset')).id).not.toBe('');
    expect(writes()).toHaveLength(1);
  });

  it('has to exist: with nobody to ask it is refused at once, with that reason', async () => {
    const alone = createTeamsPerson(house, robin, { id: 'a:robin', conversationType: 'personal' });
    await alone.say(sentence);
    expect(JSON.stringify((await alone.card('outcome-refused')).card)).toContain('no other approver can be asked here');
  });
});

describe('the brake, over HTTP', () => {
  it('ends what waits and refuses what is new, says who pulled it, and only an approver lets go', async () => {
    policy.approvers = [{ kind: 'person', objectId: sam.aadObjectId }];
    const asked = await askForMegan();
    const other = createTeamsPerson(house, kim, { id: 'a:kim', conversationType: 'personal' });
    await other.say('freeze Contoso Bikes');
    expect(await other.text('Frozen')).toContain('One open request was refused');
    expect(JSON.stringify((await technician.card('outcome-refused')).card)).toContain('Kim Third froze');
    expect(cardId((await approver.press(asked, 'Approve')).value)).toBe('outcome-refused');
    await inGroup(technician, sentence);
    expect(cardsShown().at(-1)).toBe('outcome-refused');
    await other.say('status');
    expect(JSON.stringify((await other.card('status')).card)).toContain('Frozen: Contoso Bikes');
    await other.say('thaw');
    expect(await other.text('may approve')).toContain('stays in force');
    const boss = createTeamsPerson(house, sam, { id: 'a:sam', conversationType: 'personal' });
    await boss.say('thaw Contoso Bikes');
    expect(await boss.text('Thawed')).toContain('Contoso Bikes');
    await approver.press(await askForMegan(), 'Approve');
    await technician.card('outcome-reset');
    expect(writes()).toHaveLength(1);
    expect(house.alarms.map(({ kind }) => kind)).toEqual(['frozen', 'thawed']);
  });

  it('freezes no customer that is not clearly meant, and everything when that is said', async () => {
    for (const [text, answer] of [
      ['freeze Northwind Traders', 'Several customers fit'],
      ['freeze Contosso Bikes', 'Did you mean'],
      ['freeze Nobody Atall Ltd', 'I know no customer'],
    ] as const) {
      await inGroup(technician, text);
      expect(await technician.text(answer)).toContain('Nothing is frozen yet');
    }
    await inGroup(technician, 'status');
    expect(JSON.stringify((await technician.card('status')).card)).not.toContain('Frozen');
    await inGroup(technician, 'freeze everything');
    expect(await technician.text('Everything is frozen')).toContain('any customer');
    await inGroup(technician, sentence);
    expect(JSON.stringify((await technician.card('outcome-refused')).card)).toContain('froze all resets');
    await inGroup(technician, 'freeze all');
    expect(await technician.text('frozen already')).toContain('Robin Tech');
  });

  it('lets what is sealed finish, and nothing else, when it is pulled amid confirmations', async () => {
    policy.approval = 'never';
    const people = ['adele.vance', 'alex.wilber2', 'isaiah.langer'].map(
      (name) => `${name}@contosobikes.onmicrosoft.com`,
    );
    const asked = [];
    for (const [at, upn] of people.entries()) {
      const one = createTeamsPerson(house, robin, { id: `a:robin-${at}`, conversationType: 'personal' });
      await one.say(`reset password for ${upn} at Contoso Bikes`);
      const shown = one.shown().findLast((message) => cardId(message.card) === 'confirmation');
      if (shown?.card !== undefined) asked.push({ one, shown: { ...shown, card: shown.card } });
    }
    expect(asked.length).toBeGreaterThan(0);
    const pressed = asked.map(({ one, shown }) => one.press(shown, 'Reset password', proof));
    await inGroup(technician, 'freeze everything');
    await Promise.all(pressed);
    for (const { one } of asked) {
      const ended = () => ['outcome-reset', 'outcome-refused'].includes(cardId(one.shown().at(-1)?.card) ?? '');
      await until(ended);
    }
    const done = asked.filter(({ one }) => cardId(one.shown().at(-1)?.card) === 'outcome-reset');
    expect(writes()).toHaveLength(done.length);
  });
});

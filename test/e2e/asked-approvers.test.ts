import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Policy } from '../../src/reset/policy/policy.ts';
import type { ShownMessage } from '../support/fake-chats.ts';
import { createMovableClock, type MovableClock } from '../support/movable-clock.ts';
import { createPretendGroups, type PretendGroups } from '../support/pretend-groups.ts';
import { type House, startHouse } from '../support/start-house.ts';
import { createTeamsPerson, robin, type TeamsPerson } from '../support/teams-person.ts';

const here = '11111111-2222-4333-8444-555555555555';
const sam = { name: 'Sam <at>All</at> & Sons', aadObjectId: '0a1b2c3d-0000-4000-8000-00000000000b', id: '29:sam' };
const kim = { name: 'Kim Third', aadObjectId: '0a1b2c3d-0000-4000-8000-00000000000c', id: '29:kim' };
const away = '0a1b2c3d-0000-4000-8000-00000000000d';
const team = 'de500000-0000-4000-8000-00000000000c';
const second = { id: '19:second-line@thread.v2', conversationType: 'groupChat' };
const mention = { type: 'mention', text: '<at>Locksmith</at>', mentioned: { id: '28:bot', name: 'Locksmith' } };
const proof = { verification: 'In person', ticket: 'INC-7' };
const sentence = 'reset password for megan.bowen@contosobikes.onmicrosoft.com';
const minute = 60_000;

let policy: { -readonly [Key in keyof Policy]?: Policy[Key] };
let clock: MovableClock;
let groups: PretendGroups;
let house: House;
let technician: TeamsPerson;

beforeEach(async () => {
  policy = {};
  clock = createMovableClock();
  groups = createPretendGroups();
  house = await startHouse({
    policy,
    groups,
    platform: { clock, durations: { lease: 45_000, resetTry: 25_000, poll: 50 } },
  });
  for (const { name, aadObjectId, id } of [robin, sam, kim]) join({ name, aadObjectId, id });
  join({ name: 'Gus Guest', aadObjectId: '0a1b2c3d-0000-4000-8000-0000000000ff', id: '29:gus' }, 'guest');
  technician = createTeamsPerson(house, robin, second);
});
afterEach(() => house.stop());

function join(
  person: { readonly name: string; readonly aadObjectId: string; readonly id: string },
  role?: string,
): void {
  house.connector.addMember({
    ...person,
    userPrincipalName: `${person.id.slice(3)}@partner.example`,
    tenantId: here,
    ...(role !== undefined && { userRole: role }),
  });
}
const named = (...ids: readonly string[]): Policy['approvers'] =>
  ids.map((objectId) => ({ kind: 'person', objectId }) as const);
const ask = async (who = technician): Promise<void> => {
  await who.say(who === technician ? `<at>Locksmith</at> ${sentence}` : sentence, { entities: [mention] });
  await who.press(await who.card('confirmation'), 'Ask for approval', proof);
};
const until = async (isSo: () => boolean): Promise<void> => {
  for (let looked = 0; !isSo(); looked += 1) {
    if (looked > 400) throw new Error('it never became so');
    await wait(20);
  }
};
const mentioning = (chat: string): readonly ShownMessage[] =>
  house.connector.shown(chat).filter(({ mentioned }) => mentioned.length > 0);
const waitingCard = async (who = technician): Promise<string> => {
  await until(() => who.shown().some(({ card }) => JSON.stringify(card ?? '').includes('Waits until')));
  return JSON.stringify((await who.card('confirmation')).card);
};
const alone = () => createTeamsPerson(house, robin, { id: 'a:robin', conversationType: 'personal' });

describe('the approvers of a reset, over HTTP', () => {
  it('are mentioned in the thread: those whom the policy names and who are there, and nobody else', async () => {
    policy.approvers = [...named(sam.aadObjectId, away), { kind: 'group', objectId: team }];
    groups.put(kim.aadObjectId, [team]);
    await ask();
    await until(() => mentioning(second.id).length === 1);
    const [message] = mentioning(second.id);
    expect(message?.mentioned).toEqual(['29:sam', '29:kim']);
    expect(message?.text).toBe(
      '<at>Sam ‹at›All‹/at› ＆ Sons</at>, <at>Kim Third</at>: Robin Tech asks for approval to reset the password of Megan Bowen at Contoso Bikes. The card is just above.',
    );
    expect(await waitingCard()).toMatch(
      /Waits for.*Sam <at>All<\/at> & Sons, Kim Third \(the approvers in this chat\)/,
    );
  });

  it('are everybody of a small chat where the policy names everybody, but no guest and never who asked', async () => {
    await ask();
    await until(() => mentioning(second.id).length === 1);
    expect(mentioning(second.id)[0]?.mentioned).toEqual(['29:sam', '29:kim']);
  });

  it('are called one by one in no large chat where the policy names everybody', async () => {
    for (let at = 0; at < 10; at += 1)
      join({ name: `Member ${at}`, aadObjectId: `0a1b2c3d-0000-4000-8000-0000000001${at}0`, id: `29:m${at}` });
    await ask();
    await waitingCard();
    expect(mentioning(second.id)).toEqual([]);
    expect((await technician.card('approval')).id).not.toBe('');
  });

  it('are missed where none of them is in the chat, and the card says so', async () => {
    policy.approvers = named(away);
    await ask();
    expect(await waitingCard()).toContain('No approver is in this chat.');
    expect(mentioning(second.id)).toEqual([]);
  });

  it('are named on the card of a private request, which asks them in their own chats', async () => {
    policy.approvers = named(sam.aadObjectId, kim.aadObjectId, away);
    const third = createTeamsPerson(house, kim, { id: 'a:kim', conversationType: 'personal' });
    await third.say('hi');
    await third.card('home');
    const own = alone();
    await ask(own);
    expect(await waitingCard(own)).toMatch(
      /Waits for.*Kim Third, and 2 more \(asked directly: approvers whom the policy names, or who have written/,
    );
    await third.card('approval', third.directChat);
  });

  it('are told to the technician where nobody can be asked, with what to do', async () => {
    policy.approvers = [...named(robin.aadObjectId), { kind: 'group', objectId: team }];
    groups.name(team, ['Kim Third', 'Lou <b>Fourth</b>']);
    const own = alone();
    await own.say(sentence);
    const refused = JSON.stringify((await own.card('outcome-refused')).card);
    expect(refused).toContain('no other approver can be asked here');
    expect(refused).toContain('Ask again in a group chat or a channel that one of these is in: ');
    expect(refused).toContain('is in: Kim Third, Lou <b>Fourth</b>.');
  });

  it.each(['in the thread', 'in their own chat'])(
    'are reminded once after half of the time, %s, after a restart too',
    async (where) => {
      policy.approvers = named(sam.aadObjectId);
      const approver = createTeamsPerson(house, sam, second);
      const chat = where === 'in the thread' ? second.id : approver.directChat;
      await ask(where === 'in the thread' ? technician : alone());
      await approver.card('approval', chat);
      await until(() => where !== 'in the thread' || mentioning(chat).length === 1);
      const reminders = () =>
        house.connector.shown(chat).filter(({ text }) => text?.includes('still waits for approval'));
      await house.restart();
      clock.advance(31 * minute);
      await until(() => reminders().length > 0);
      expect(reminders()).toMatchObject([{ mentioned: where === 'in the thread' ? ['29:sam'] : [] }]);
      expect(reminders()[0]?.text).toMatch(/Megan Bowen at Contoso Bikes, still waits for approval, until .* UTC\./);
      await house.restart();
      clock.advance(10 * minute);
      await wait(300);
      expect(reminders()).toHaveLength(1);
      expect(house.data()).toContain('approval-reminded');
      await approver.press(await approver.card('approval', chat), 'Decline', {}, chat);
      await approver.card('outcome-declined', chat);
    },
  );
});

it('in the sandbox are said to be in its group chat, which is the one thing to do next', async () => {
  const sandbox = await startHouse({ approverChat: 'Second line' });
  try {
    sandbox.connector.addMember({ ...robin, tenantId: here, userPrincipalName: 'robin@partner.example' });
    const own = createTeamsPerson(sandbox, robin, { id: 'a:own', conversationType: 'personal' });
    await own.say(sentence);
    expect(JSON.stringify((await own.card('outcome-refused')).card)).toContain(
      'Ask again in the chat Second line, which approvers are in: type @ there, click Locksmith in the list, then the rest.',
    );
  } finally {
    await sandbox.stop();
  }
});

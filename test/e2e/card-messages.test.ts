import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { exampleSentence, findPerson } from '../../src/sandbox/partner-center/index.ts';
import { own } from '../support/own.ts';
import { type House, startHouse } from '../support/start-house.ts';
import { cardId, createTeamsPerson, findIn, passwordIn, robin, type TeamsPerson } from '../support/teams-person.ts';

const sam = { name: 'Sam Second', aadObjectId: '0a1b2c3d-0000-4000-8000-00000000000b', id: '29:sam' };
const second = { id: '19:second-line@thread.v2', conversationType: 'groupChat' };
const mention = { type: 'mention', text: '<at>Locksmith</at>', mentioned: { id: '28:bot', name: 'Locksmith' } };
const megan = 'megan.bowen@contosobikes.onmicrosoft.com';
const adele = 'adele.vance@contosobikes.onmicrosoft.com';
const proof = { verification: 'In person', ticket: 'INC-7' };

let house: House;
let alone: TeamsPerson;
let technician: TeamsPerson;
let approver: TeamsPerson;

beforeEach(async () => {
  house = await startHouse();
  for (const one of [robin, sam]) {
    house.connector.addMember({ ...one, userPrincipalName: `${one.id.slice(3)}@partner.example`, tenantId: 'here' });
  }
  alone = createTeamsPerson(house, robin, { id: 'a:robin', conversationType: 'personal' });
  technician = createTeamsPerson(house, robin, second);
  approver = createTeamsPerson(house, sam, second);
});
afterEach(() => house.stop());

/** Every message with a card, posted or put, with what it says in notifications. */
const cardsSent = () =>
  house.connector.received.flatMap(({ call, body }) => {
    if (call !== 'post' && call !== 'update') return [];
    const activity: unknown = JSON.parse(body);
    const attachments = own(activity, 'attachments');
    const card: unknown = Array.isArray(attachments) ? own(attachments[0], 'content') : undefined;
    return card === undefined ? [] : [{ call, id: cardId(card), summary: own(activity, 'summary'), card }];
  });
const askInGroup = async (person: string): Promise<void> => {
  await technician.say(`<at>Locksmith</at> reset password for ${person} at Contoso Bikes`, { entities: [mention] });
};
const rename = (address: string, displayName: string): void => {
  const { customer, user } = findPerson(house.partnerCenter.data, address);
  house.partnerCenter.data.users(customer.id)?.change(user.id, { displayName });
};
const titlesOf = (card: object): readonly unknown[] => {
  const actions = own(card, 'actions');
  return Array.isArray(actions) ? actions.map((action) => own(action, 'title')) : [];
};

describe('a message with a card, over HTTP', () => {
  it('says in its summary what it is, posted or put, and never the password', async () => {
    await alone.say(exampleSentence);
    await alone.press(await alone.card('confirmation'), 'Reset password', proof);
    await alone.card('outcome-reset');
    const delivered = await alone.card('direct-message', alone.directChat);
    const password = passwordIn(delivered.card) ?? 'missing';
    await alone.press(delivered, 'I have passed it on', {}, alone.directChat);
    await alone.say('reset password for adele vence at contoso bikes');
    const [question] = alone.shown().slice(-1);
    expect(question?.summary).toBe('Which person? adele vence');
    await askInGroup(megan);
    await technician.press(await technician.card('confirmation'), 'Ask for approval', proof);
    await approver.press(await technician.card('approval'), 'Decline');
    await technician.card('outcome-declined');
    await alone.say('reset password for Nestor Wilke at contoso bikes');

    const sent = cardsSent();
    const kinds = [...new Set(sent.map(({ id, summary }) => `${String(id)}: ${String(summary)}`))];
    expect(sent.length).toBeGreaterThan(10);
    expect(sent.filter(({ call }) => call === 'update').length).toBeGreaterThan(4);
    expect(sent.filter(({ summary }) => typeof summary !== 'string' || summary.length < 8)).toEqual([]);
    expect(kinds).toEqual(
      expect.arrayContaining([
        'confirmation: Reset this person’s password? Adele Vance',
        'direct-message: A reset is on its way: Adele Vance',
        'direct-message: Password ready: Adele Vance',
        'direct-message: Password hidden: Adele Vance',
        'outcome-reset: Password reset: Adele Vance',
        'confirmation: This reset waits for approval: Megan Bowen',
        'approval: Approve this password reset? Megan Bowen',
        'outcome-declined: Declined: Megan Bowen',
      ]),
    );
    expect(password.length).toBeGreaterThan(12);
    expect(JSON.stringify(kinds)).not.toContain(password);
  });

  it('shows times in the reader’s own zone, and no macro that a name brings', async () => {
    const hostile = 'Adele {{DATE(2020-01-01T00:00:00Z, SHORT)}} {{TIME(2020-01-01T00:00:00Z)}} {\u200B{TIME(';
    rename(adele, hostile);
    const trickster = createTeamsPerson(
      house,
      { ...robin, name: hostile },
      { id: 'a:trick', conversationType: 'personal' },
    );
    await trickster.say(`reset password for ${adele}`);
    await trickster.press(await trickster.card('confirmation'), 'Reset password', proof);
    await trickster.card('outcome-reset');

    const texts = cardsSent().map(({ card, summary }) => `${JSON.stringify(card)} ${String(summary)}`);
    for (const text of texts) {
      expect(text).not.toContain('{{DATE(2020');
      expect(text).not.toContain('{{TIME(2020');
      expect(text.match(/\{\{(?!(?:DATE|TIME)\(20[3-9]\d|(?:DATE|TIME)\(202[1-9])/g)).toBeNull();
      expect(text).toMatch(/\{\{TIME\(202\d-\d\d-\d\dT\d\d:\d\d:\d\dZ\)\}\}|direct-message/);
      expect(text).not.toMatch(/\d\d:\d\d UTC/);
    }
    expect(texts.some((text) => text.includes('{ {DATE(2020'))).toBe(true);
  });

  it('has Cancel while it waits for a second person, for the requester alone', async () => {
    await askInGroup(megan);
    const asked = await technician.card('confirmation');
    expect(titlesOf(asked.card)).toEqual(['Ask for approval', 'Cancel']);
    const answer = await technician.press(asked, 'Ask for approval', proof);
    const approval = await technician.card('approval');
    expect(titlesOf(Object(answer.value))).toEqual(['Cancel']);
    const waiting = await technician.card('confirmation');
    expect(titlesOf(waiting.card)).toEqual(['Cancel']);

    const foreign = await approver.press(waiting, 'Cancel');
    expect(String(foreign.value)).toMatch(/Only the person who asked/);
    expect(cardId((await technician.press(waiting, 'Cancel')).value)).toBe('outcome-cancelled');
    await technician.card('outcome-cancelled');
    expect(cardId((await approver.press(approval, 'Approve')).value)).toBe('outcome-cancelled');
    expect(house.partnerCenter.calls.filter(({ method }) => method === 'PATCH')).toEqual([]);
  });

  it('shows up to five ways to verify a caller at once, beside the ticket', async () => {
    await alone.say(exampleSentence);
    const { card } = await alone.card('confirmation');
    expect(findIn(card, (one) => own(one, 'id') === 'verification')).toMatchObject({ style: 'expanded' });
    expect(findIn(card, (one) => own(one, 'id') === 'ticket')).toMatchObject({ type: 'Input.Text' });
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type House, startHouse } from '../support/start-house.ts';
import { createTeamsPerson, robin, sam, type TeamsPerson } from '../support/teams-person.ts';

const tenantId = '11111111-2222-4333-8444-555555555555';
const channel = { id: '19:second-line@thread.v2', conversationType: 'channel' };
const proof = { verification: 'In person', ticket: 'INC-4711' };
const verified = '"text":"In person"';

let house: House;
let technician: TeamsPerson;
let approver: TeamsPerson;

beforeEach(async () => {
  house = await startHouse();
  for (const person of [robin, sam]) {
    const userPrincipalName = `${person.id.slice(3)}@partner.example`;
    house.connector.addMember({ ...person, tenantId, userPrincipalName });
  }
  technician = createTeamsPerson(house, robin, channel);
  approver = createTeamsPerson(house, sam, channel);
});
afterEach(() => house.stop());

const text = (card: unknown): string => JSON.stringify(card);
const direct = (): string => JSON.stringify(technician.direct());

async function reset(sentence: string): Promise<void> {
  await technician.say(sentence);
  await technician.press(await technician.card('confirmation'), 'Reset password', proof);
  await technician.card('outcome-reset');
}

describe('a card in a channel', () => {
  it('tells of no earlier reset; the requester reads of it in their own chat, before the button', async () => {
    await reset('reset password for Adele Vance at Contoso Bikes');
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    const asked = await technician.card('confirmation');
    expect(text(asked.card)).not.toContain('was reset');
    expect(text(asked.card)).toContain('in your own chat');
    expect(text(asked.card)).toContain('adele.vance@contosobikes.onmicrosoft.com');
    expect(direct()).toMatch(/reset this person’s password on [^"]* UTC\./);
  });

  it('tells to mention the bot before each command, on a card and in the answer to a press', async () => {
    await technician.say('reset password for Megan Bowen at Contoso Bikes');
    await technician.press(await technician.card('confirmation'), 'Ask for approval', proof);
    const answer = await technician.press(await technician.card('approval'), 'Approve');
    expect(text(answer.value)).toContain('to take it back, type @Locksmith cancel.');
    await technician.say('status');
    expect(text((await technician.card('status')).card)).toContain('type @Locksmith cancel and its reference');
    await technician.say('what is the weather like');
    await technician.text('Type @Locksmith help, or say it like this: @Locksmith reset password');
  });

  it('names no roles, which stand in the requester’s own chat and on the card that asks for approval', async () => {
    await technician.say('reset password for Megan Bowen at Contoso Bikes');
    const asked = await technician.card('confirmation');
    expect(text(asked.card)).not.toMatch(/Administrator:|[A-Z]\w+ Administrator/);
    expect(text(asked.card)).toContain('account of an administrator');
    expect(direct()).toMatch(/Directory roles: .*Administrator/);
    const title = ['Ask for approval', 'Reset password'].find((one) => text(asked.card).includes(`"title":"${one}"`));
    await technician.press(asked, title ?? '', proof);
    const approval = await approver.card('approval');
    expect(text(approval.card)).toMatch(/[A-Z]\w+ Administrator/);
    expect(text(approval.card)).toContain(verified);
    await approver.press(approval, 'Approve');
    const outcome = await technician.card('outcome-reset');
    for (const word of [verified, 'Administrator']) expect(text(outcome.card)).not.toContain(word);
  });

  it('says how the caller was verified nowhere once it was pressed', async () => {
    await reset('reset password for Adele Vance at Contoso Bikes');
    const outcome = await technician.card('outcome-reset');
    expect(text(outcome.card)).not.toContain(verified);
    expect(text(outcome.card)).toContain('INC-4711');
  });

  it('shows what was taken over from the sentence until it is pressed', async () => {
    await technician.say('reset password for Adele Vance at Contoso Bikes, in person');
    expect(text((await technician.card('confirmation')).card)).toContain(verified);
  });
});

describe('those who read along', () => {
  const guest = {
    id: '29:guest',
    name: 'Guest',
    aadObjectId: '0a1b2c3d-0000-4000-8000-00000000000e',
    tenantId,
    userPrincipalName: 'guest_other.example#EXT#@partner.example',
    userRole: 'guest',
  };
  const stranger = {
    ...guest,
    id: '29:stranger',
    tenantId: '0ff00000-0000-4000-8000-000000000003',
    userPrincipalName: 'stranger@other.example',
    userRole: 'user',
  };

  it('are pointed out before the button where they are guests or of another tenant', async () => {
    house.connector.join(channel.id, guest);
    house.connector.join(channel.id, stranger);
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    const asked = await technician.card('confirmation');
    expect(text(asked.card)).toContain('2 of those who read along in this chat are guests or of another organisation');
    for (const word of ['Guest', 'stranger']) expect(text(asked.card)).not.toContain(word);
  });

  it('are not spoken of where all are of the house', async () => {
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    expect(text((await technician.card('confirmation')).card)).not.toContain('read along');
  });

  it('may be guests where the roster does not answer', async () => {
    house.connector.fail('members', { kind: 'status', status: 403 });
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    expect(text((await technician.card('confirmation')).card)).toContain('There may be guests');
  });
});

describe('a status in a channel', () => {
  it('is of what was asked there, and says nothing of the rest', async () => {
    const alone = createTeamsPerson(house, robin, { id: technician.directChat, conversationType: 'personal' });
    await alone.say('freeze Contoso Bikes');
    await alone.say('reset password for Isaiah Langer at northwindtraders.onmicrosoft.com');
    await alone.card('confirmation');
    await technician.say('status');
    const said = text((await technician.card('status')).card);
    expect(said).toContain('in our own chat');
    for (const word of ['Isaiah', 'Frozen', 'Contoso']) expect(said).not.toContain(word);
  });
});

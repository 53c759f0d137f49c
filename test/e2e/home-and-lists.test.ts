import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describeOpenRequest } from '../../src/texts/open-requests.ts';
import { buildResetRequest } from '../support/build-reset-request.ts';
import { own } from '../support/own.ts';
import { type House, startHouse } from '../support/start-house.ts';
import { cardId, createTeamsPerson, findIn, robin, sam, type TeamsPerson } from '../support/teams-person.ts';
import { ordinaryAddresses } from '../support/ordinary-addresses.ts';

const tenantId = '11111111-2222-4333-8444-555555555555';
const channel = { id: '19:second-line@thread.v2', conversationType: 'channel' };
const proof = { verification: 'In person', ticket: 'INC-4711' };

let house: House;
let technician: TeamsPerson;
let inChannel: TeamsPerson;
let other: TeamsPerson;

beforeEach(async () => {
  house = await startHouse();
  for (const person of [robin, sam]) {
    const userPrincipalName = `${person.id.slice(3)}@partner.example`;
    house.connector.addMember({ ...person, tenantId, userPrincipalName });
  }
  technician = createTeamsPerson(house, robin, {
    id: house.connector.personalChat(robin.id),
    conversationType: 'personal',
  });
  inChannel = createTeamsPerson(house, robin, channel);
  other = createTeamsPerson(house, sam, channel);
});
afterEach(() => house.stop());

const text = (card: unknown): string => JSON.stringify(card);
const referencesOn = (card: unknown): readonly string[] => text(card).match(/\b[A-Z\d]{4}-[A-Z\d]{4}\b(?=")/g) ?? [];
const titlesOn = (card: unknown): readonly string[] =>
  [...text(card).matchAll(/"type":"Action.Execute","title":"([^"]+)"/g)].map(([, title = '']) => title);

/** The card of a press, as a message that can be pressed again. */
function answered(message: { readonly id: string }, answer: { readonly value: unknown }) {
  if (typeof answer.value !== 'object' || answer.value === null) throw new Error(`no card: ${text(answer)}`);
  return { id: message.id, card: answer.value };
}

describe('home', () => {
  it.each(['hi', 'hello there', ''])('is a card with a sentence that works (%j)', async (said) => {
    await technician.say(said);
    const home = await technician.card('home');
    expect(titlesOn(home.card)).toEqual(['My open resets', 'History', 'Help']);
    const sentence = /reset password for [^"]+/.exec(text(home.card))?.[0] ?? '';
    await technician.say(sentence);
    expect(text((await technician.card('confirmation')).card)).toContain('Adele Vance');
  });

  it('answers each of its buttons with a card', async () => {
    await technician.say('hi');
    const home = await technician.card('home');
    for (const [title, id] of [
      ['My open resets', 'status'],
      ['History', 'history'],
      ['Help', 'home'],
    ] as const) {
      const answer = await technician.press(home, title);
      expect([answer.status, cardId(answer.value)]).toEqual([200, id]);
    }
  });

  it('shows another person who presses what is theirs', async () => {
    await inChannel.say('hi');
    await inChannel.say('reset password for Adele Vance at Contoso Bikes');
    await inChannel.card('confirmation');
    const answer = await other.press(await inChannel.card('home'), 'My open resets');
    expect(cardId(answer.value)).toBe('status');
    expect(text(answer.value)).not.toContain('Adele');
  });

  it.each(['thanks', 'thank you so much!', 'cheers'])('is not what thanks are answered with (%s)', async (said) => {
    await technician.say(said);
    await technician.text('You’re welcome.');
  });
});

describe('who may approve', () => {
  it('is answered with whether the reader may, and where it is set', async () => {
    await technician.say('who can approve resets?');
    await technician.text('You are an approver, for what others ask for. Who is one stands in the policy');
    await inChannel.say('approvers');
    expect(await inChannel.text('You are an approver')).toContain('names on its card who is asked');
  });
});

describe('status', () => {
  it('has a row for each request with its reference, and a button that cancels it', async () => {
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    const asked = await technician.card('confirmation');
    await technician.say('status');
    const status = await technician.card('status');
    expect(text(status.card)).toContain('Adele Vance');
    expect(referencesOn(status.card)).toHaveLength(1);
    const answer = await technician.press(status, 'Cancel');
    expect(answer.status).toBe(200);
    expect(text(answer.value)).toContain('Cancelled. Nothing was changed for Adele Vance.');
    expect(titlesOn(answer.value)).toEqual([]);
    const card = await technician.card('outcome-cancelled');
    expect(card.id).toBe(asked.id);
  });

  it('hides a password with a button, on the row of its request', async () => {
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    await technician.card('outcome-reset');
    await technician.say('status');
    const answer = await technician.press(await technician.card('status'), 'Hide password');
    expect(text(answer.value)).toContain('The password for Adele Vance is not shown any more.');
    expect(text(technician.shown())).not.toContain('"id":"password"');
  });

  it.each(['hide it', 'hide password'])('hides the one password that is shown when one types “%s”', async (said) => {
    await technician.say(said);
    await technician.text('No password of yours is shown');
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    await technician.card('outcome-reset');
    await technician.say(said, { id: 'hide-1' });
    await technician.text('The password for Adele Vance is not shown any more.');
    expect(text(technician.shown())).not.toContain('"id":"password"');
    await technician.say('reset password for Grady Archie at northwindtraders-eu.onmicrosoft.com');
    await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    await technician.card('outcome-reset');
    await technician.say(said, { id: 'hide-1' });
    expect(text(technician.shown())).toContain('"id":"password"');
  });

  it('answers who is named beside “hide” with the list, and opens no reset', async () => {
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    await technician.card('outcome-reset');
    await technician.say('hide the password of megan bowen at contoso bikes');
    expect(titlesOn((await technician.card('status')).card)).toEqual(['Hide password']);
    expect(text(technician.shown())).not.toContain('Megan Bowen');
    expect(text(technician.shown())).toContain('"id":"password"');
  });

  it('calls a password hidden only once its message could be changed, and so does cancel', async () => {
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    await technician.card('outcome-reset');
    await technician.say('status');
    const before = (await technician.card('status')).card;
    expect(text(before)).toContain('its password is in our own chat until you pass it on');
    const [reference = 'none'] = referencesOn(before);
    const isHiding = ({ body }: { readonly body: string }) => body.includes('Password hidden');
    house.connector.fail('update', { kind: 'status', status: 403 }, 9, isHiding);
    await technician.say(`cancel ${reference}`);
    expect(text(technician.shown().at(-1))).toContain('I am hiding the password for Adele Vance in our own chat');
    expect(text(technician.shown())).toContain('"id":"password"');
    await technician.say('status');
    const { card } = await technician.card('status');
    expect(text(card)).toContain('Over: I am hiding its password in our own chat.');
    expect(titlesOn(card)).toEqual([]);
  });

  it('says of a password that may be in force, and is being hidden, what to do about the person', () => {
    const attention = { kind: 'unclear', trouble: undefined } as const;
    const says = describeOpenRequest(buildResetRequest({ state: 'delivered', deliveredAt: 1, attention }));
    expect(says).toContain('I am hiding its password');
    expect(says).toContain('If the person cannot sign in with it, ask for a new reset.');
  });

  it('does nothing again where a press is repeated, or comes when the request is over', async () => {
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    await technician.card('confirmation');
    await technician.say('status');
    const status = await technician.card('status');
    await technician.press(status, 'Cancel');
    const again = await technician.press(status, 'Cancel');
    expect([again.status, cardId(again.value)]).toEqual([200, 'status']);
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    await technician.say('status');
    const open = await technician.card('status');
    await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    await technician.card('outcome-reset');
    const late = await technician.press(open, 'Cancel');
    expect(text(late.value)).toContain('Too late: the reset for Adele Vance is under way or over.');
    expect(house.partnerCenter.calls.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
  });

  it('means nothing to another person who presses', async () => {
    await inChannel.say('reset password for Adele Vance at Contoso Bikes');
    await inChannel.card('confirmation');
    await inChannel.say('status');
    const answer = await other.press(await inChannel.card('status'), 'Cancel');
    expect([answer.status, answer.value]).toEqual([200, expect.stringContaining('Only the person who asked')]);
    expect(house.alarms.map(({ kind }) => kind)).toContain('foreign-press');
    await inChannel.say('status');
    expect(text((await inChannel.card('status')).card)).toContain('Adele Vance');
  });

  it('has a row for the latest question alone, and counts those that were left for it', async () => {
    for (const sentence of [
      'alex wilber at contoso bikes',
      'adel vance at contoso bikes',
      'grady archie at northwind traders',
    ])
      await technician.say(`reset ${sentence}`);
    await technician.say('status');
    const { card } = await technician.card('status');
    expect(text(card)).toContain('2 older questions of mine still stand on their cards. They end by themselves.');
    expect(text(card)).toContain('“grady archie” at Northwind Traders');
    expect(text(card)).not.toMatch(/alex|adel/i);
    expect(titlesOn(card)).toEqual(['Cancel']);
  });

  it('tells of a question whom it is about, and in which chat it waits', async () => {
    await technician.say('reset grady archie at northwind traders');
    await technician.card('which-customer');
    await inChannel.say('reset password for Isaiah Langer');
    await inChannel.text('At which customer');
    await technician.say('status');
    const status = text((await technician.card('status')).card);
    for (const part of ['“grady archie” at Northwind Traders', 'in this chat · ', '“Isaiah Langer”', 'in a channel · '])
      expect(status).toContain(part);
    await inChannel.say('status');
    expect(text((await inChannel.card('status')).card)).not.toContain('in a channel');
  });

  it('asks in a chat with others for an answer that mentions it', async () => {
    const hint = 'Begin your answer with @Locksmith';
    await inChannel.say('reset password for Isaiah Langer');
    expect(await inChannel.text('At which customer')).toContain(hint);
    await technician.say('reset password for Isaiah Langer');
    expect(await technician.text('At which customer')).not.toContain(hint);
    await inChannel.say('reset password at Contoso Bikes');
    expect(await inChannel.text('Whose password')).toContain(hint);
  });

  it('closes a question with a button', async () => {
    await technician.say('reset alex wilber at contoso bikes');
    await technician.card('which-user');
    await technician.say('status');
    const answer = await technician.press(await technician.card('status'), 'Cancel');
    expect(text(answer.value)).toContain('Cancelled. I ask no more');
    await technician.card('outcome-cancelled');
  });

  it('shows 45 requests a page at a time, each once, and takes each back by its reference', async () => {
    const addresses = ordinaryAddresses(house.partnerCenter, 'Contoso Bikes', 45);
    for (const address of addresses) await technician.say(`reset ${address}`);
    await technician.say('status');
    let message: { readonly id: string; readonly card: object } = await technician.card('status');
    const pages = [message.card];
    while (titlesOn(message.card).includes('Next')) {
      message = answered(message, await technician.press(message, 'Next'));
      pages.push(message.card);
    }
    expect(pages).toHaveLength(8);
    const references = pages.flatMap(referencesOn);
    expect(new Set(references).size).toBe(45);
    const shown = pages.map(text).join('');
    for (const address of addresses) expect(shown.split(`${address} ·`)).toHaveLength(2);
    expect(titlesOn(message.card)).toContain('Back');
    expect(text(message.card)).toContain('43 to 45 of 45.');
    await technician.say(`cancel ${references[40]?.toLowerCase().replace('-', '')}`);
    await technician.text('Cancelled. Nothing was changed for');
    await technician.say('status');
    expect(text((await technician.card('status')).card)).toContain('1 to 6 of 44.');
  });

  it('turns no page for another person', async () => {
    const addresses = ordinaryAddresses(house.partnerCenter, 'Contoso Bikes', 7);
    for (const address of addresses) await inChannel.say(`reset ${address}`);
    await inChannel.say('status');
    const answer = await other.press(await inChannel.card('status'), 'Next');
    expect(answer.value).toEqual(expect.stringContaining('Only the person who asked'));
  });
});

describe('history', () => {
  it('is a card of pages, in the personal chat alone', async () => {
    for (let times = 0; times < 8; times += 1) await technician.say('reset password for Adele Vance at Contoso Bikes');
    await technician.say('history of Contoso Bikes');
    const first = await technician.card('history');
    expect(referencesOn(first.card)).toHaveLength(6);
    const next = await technician.press(first, 'Next');
    expect(referencesOn(next.value)).toHaveLength(2);
    expect(new Set([...referencesOn(first.card), ...referencesOn(next.value)]).size).toBe(8);
    await inChannel.say('history');
    await inChannel.text('in our own chat only');
    await inChannel.say('hi');
    const home = await inChannel.card('home');
    expect(titlesOn(home.card)).toEqual(['My open resets', 'Help']);
    expect(text(home.card)).toContain('@Locksmith reset password for');
  });

  it.each(['history of', 'status', 'status of #'])('of one reference has what is known of it (%s)', async (said) => {
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    await technician.press(await technician.card('confirmation'), 'Cancel');
    await technician.say('reset password for Grady Archie at northwindtraders-eu.onmicrosoft.com');
    await technician.card('confirmation');
    await technician.say('history of Adele');
    const [reference = 'none'] = referencesOn((await technician.card('history')).card);
    await technician.say(`${said} ${reference.toLowerCase().replace('-', said === 'status' ? ' ' : '-')}`);
    const one = text((await technician.card('history')).card);
    expect(referencesOn((await technician.card('history')).card)).toEqual([reference]);
    for (const part of ['Adele Vance', 'in their own chat', 'Correlation id']) expect(one).toContain(part);
    expect(one).not.toContain('Grady Archie');
  });

  it('of a reference that is open is its row with its button, in a channel the one of that channel alone', async () => {
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    await technician.card('confirmation');
    await technician.say('reset password for Grady Archie at northwindtraders-eu.onmicrosoft.com');
    await technician.say('status');
    const references = referencesOn((await technician.card('status')).card);
    for (const reference of references) {
      await technician.say(`status ${reference}`);
      expect(referencesOn((await technician.card('status')).card)).toEqual([reference]);
      await inChannel.say(`status ${reference}`);
      expect(referencesOn((await inChannel.card('status')).card)).toEqual([]);
    }
    const answer = await technician.press(await technician.card('status'), 'Cancel');
    expect(text(answer.value)).toContain('Cancelled. Nothing was changed for');
  });
});

describe('in a channel', () => {
  it('status and cancel know only what was asked there', async () => {
    await technician.say('freeze Falcon Legal');
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    await technician.card('confirmation');
    await technician.say('status');
    const [reference = ''] = referencesOn((await technician.card('status')).card);
    await inChannel.say('status');
    const status = await inChannel.card('status');
    expect(text(status.card)).toContain('in our own chat');
    for (const word of ['Adele', 'Frozen', 'Falcon', 'Contoso', reference])
      expect(text(status.card)).not.toContain(word);
    for (const said of ['cancel', `cancel ${reference}`]) {
      await inChannel.say(said);
      expect(text(inChannel.shown().at(-1))).toContain('Nothing that you asked for in this chat can be cancelled');
    }
    expect(text(inChannel.shown())).not.toContain('Adele');
    await technician.say(`cancel ${reference}`);
    await technician.text('Cancelled. Nothing was changed for Adele Vance.');
  });
});

describe('freeze', () => {
  const status = async (): Promise<string> => {
    await technician.say('status');
    return text((await technician.card('status')).card);
  };

  it('alone asks, and freezes nothing before a button is pressed', async () => {
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    await technician.press(await technician.card('confirmation'), 'Cancel');
    await technician.say('freeze');
    const asks = await technician.card('freeze');
    expect(titlesOn(asks.card)).toEqual(['Freeze', 'Freeze everything', 'Cancel']);
    const cancelled = await technician.press(asks, 'Cancel');
    expect(text(cancelled.value)).toContain('nothing was frozen');
    expect(titlesOn(cancelled.value)).toEqual([]);
    expect(await status()).not.toContain('Frozen');
  });

  it('of a choice freezes that customer, says who and when, and how it ends', async () => {
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    await technician.card('confirmation');
    await technician.say('freeze');
    const asks = await technician.card('freeze');
    const choice = String(
      own(
        findIn(asks.card, (one) => own(one, 'value') !== undefined),
        'value',
      ),
    );
    expect((await technician.press(asks, 'Freeze')).value).toEqual(expect.stringContaining('Choose one first'));
    const done = await technician.press(asks, 'Freeze', { choice });
    expect(cardId(done.value)).toBe('freeze');
    for (const part of ['Contoso Bikes', 'Robin Tech', 'thaw contosobikes', 'One open request was refused'])
      expect(text(done.value)).toContain(part);
    expect(titlesOn(done.value)).toEqual([]);
    expect(await status()).toContain('Frozen: Contoso Bikes');
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    expect(text((await technician.card('outcome-refused')).card)).toContain('froze');
    const put = technician.shown().find(({ id }) => id === asks.id);
    expect(put?.card).toEqual(done.value);
    const again = await technician.press(asks, 'Freeze', { choice });
    expect(text(again.value)).toContain('Frozen already');
  });

  it('stands in the history, with who froze and who thawed, among what was asked for at that customer', async () => {
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    await technician.card('confirmation');
    await technician.say('freeze contoso bikes');
    await technician.text('Frozen');
    await technician.say('thaw contoso bikes');
    await technician.text('Thawed');
    await technician.say('history of contoso bikes');
    const rows = text((await technician.card('history')).card);
    const parts = [
      'Thawed: Contoso Bikes',
      'Thawed by Robin Tech',
      'Frozen: Contoso Bikes',
      'Frozen by Robin Tech',
      'Adele Vance',
    ];
    const places = parts.map((part) => rows.indexOf(part));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    await technician.say('history of northwind');
    expect(text((await technician.card('history')).card)).not.toMatch(/Frozen|Thawed/);
  });

  it('of everything says so on the card, and is a row of the status', async () => {
    await technician.say('freeze');
    const done = await technician.press(await technician.card('freeze'), 'Freeze everything');
    expect(text(done.value)).toContain('no password is reset for any customer');
    expect(await status()).toContain('Frozen: Every customer');
    await technician.say('freeze?');
    expect(text((await technician.card('status')).card)).toContain('changed nothing');
    await technician.say('thaw');
    await technician.text('Thawed');
    expect(await status()).not.toContain('Frozen');
  });

  it('of another person’s card, and of a choice that is not theirs, freezes nothing', async () => {
    await inChannel.say('reset password for Adele Vance at Contoso Bikes');
    await inChannel.card('confirmation');
    await inChannel.say('freeze');
    const asks = await inChannel.card('freeze');
    const choice = String(
      own(
        findIn(asks.card, (one) => own(one, 'value') !== undefined),
        'value',
      ),
    );
    for (const title of ['Freeze everything', 'Freeze', 'Cancel']) {
      const answer = await other.press(asks, title, { choice });
      expect(answer.value).toEqual(expect.stringContaining('Only the person who asked'));
    }
    await other.say('reset password for Isaiah Langer at northwindtraders.onmicrosoft.com');
    await other.say('freeze');
    const theirs = await other.card('freeze');
    expect(text(theirs.card)).not.toContain('Contoso');
    const foreign = await other.press(theirs, 'Freeze', { choice });
    expect(foreign.value).toEqual(expect.stringContaining('Only the person who asked'));
    expect(await status()).not.toContain('Frozen');
  });

  it('in a channel offers no customer that was asked about elsewhere', async () => {
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    await technician.card('confirmation');
    await inChannel.say('freeze');
    const asks = await inChannel.card('freeze');
    expect(text(asks.card)).not.toContain('Contoso');
    expect(titlesOn(asks.card)).toEqual(['Freeze everything', 'Cancel']);
  });

  it.each(['freeze everything', 'freeze all', 'freeze contoso bikes'])('acts at once: %s', async (said) => {
    await technician.say(said);
    await technician.text('rozen');
    expect(await status()).toContain('Frozen');
  });
});

it('sends no message with a card that has no summary, and none whose summary holds a password', async () => {
  await technician.say('hi');
  await technician.say('reset password for Adele Vance at Contoso Bikes');
  await technician.press(await technician.card('confirmation'), 'Reset password', proof);
  await technician.card('outcome-reset');
  await technician.say('status');
  await technician.say('freeze');
  const sent = house.connector.received.flatMap(({ body }) => (body === '' ? [] : [JSON.parse(body) as unknown]));
  const withCards = sent.filter((activity) => Array.isArray(own(activity, 'attachments')));
  const summaries = withCards.map((activity) => own(activity, 'summary'));
  expect(summaries.length).toBeGreaterThan(5);
  expect(summaries.filter((summary) => typeof summary !== 'string' || summary === '')).toEqual([]);
  expect(summaries).toContain('Password ready: Adele Vance');
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findPerson } from '../../src/sandbox/partner-center/index.ts';
import { own } from '../support/own.ts';
import { type House, startHouse } from '../support/start-house.ts';
import { cardId, createTeamsPerson, findIn, robin, sam, type TeamsPerson } from '../support/teams-person.ts';

const proof = { verification: 'In person', ticket: 'INC-7' };
const message = 'application/vnd.microsoft.activity.message';

let house: House;
let technician: TeamsPerson;

beforeEach(async () => {
  house = await startHouse();
  technician = createTeamsPerson(house, robin, { id: 'a:chat-robin', conversationType: 'personal' });
});
afterEach(() => house.stop());

const writes = () => house.partnerCenter.calls.filter(({ method }) => method === 'PATCH');

/** The titles and values of a card's choices. */
function choicesIn(card: unknown): readonly { readonly title: string; readonly value: string }[] {
  const input = findIn(card, (one) => own(one, 'type') === 'Input.ChoiceSet' && own(one, 'id') === 'choice');
  const choices = own(input, 'choices');
  return (Array.isArray(choices) ? choices : []).map((one: unknown) => ({
    title: String(own(one, 'title')),
    value: String(own(one, 'value')),
  }));
}

function valueOf(card: unknown, part: string): string {
  const fits = choicesIn(card).filter(({ title }) => title.includes(part));
  if (fits.length !== 1) throw new Error(`${fits.length} choices hold ${part}`);
  return fits[0]?.value ?? '';
}

describe('what does not mean exactly one person, over HTTP', () => {
  it('asks which of two people of one name, and resets the one who is chosen', async () => {
    await technician.say('reset password for Alex Wilber at Contoso Bikes');
    const asked = await technician.card('which-user');
    const input = findIn(asked.card, (one) => own(one, 'id') === 'choice');
    expect(input).toMatchObject({ type: 'Input.ChoiceSet', style: 'expanded' });
    expect(input).not.toHaveProperty('value');
    expect(choicesIn(asked.card)).toHaveLength(2);
    for (const [at, { title }] of choicesIn(asked.card).entries())
      expect(title).toMatch(
        new RegExp(`^${String(at + 1)} · Alex Wilber · alex\\.wilber2?@contosobikes\\.onmicrosoft\\.com$`),
      );

    const answer = await technician.press(asked, 'Choose', { choice: valueOf(asked.card, 'alex.wilber2@') });
    expect(cardId(answer.value)).toBe('confirmation');
    const confirmation = await technician.card('confirmation');
    expect(confirmation.id).toBe(asked.id);
    expect(JSON.stringify(confirmation.card)).toContain('alex.wilber2@contosobikes.onmicrosoft.com');
    expect(JSON.stringify(answer.value)).toBe(JSON.stringify(confirmation.card));

    await technician.press(confirmation, 'Reset password', proof);
    expect((await technician.card('outcome-reset')).id).toBe(asked.id);
    const { user } = findPerson(house.partnerCenter.data, 'alex.wilber2@contosobikes.onmicrosoft.com');
    expect(writes().map(({ path }) => path.includes(user.id))).toEqual([true]);
  });

  it.each([
    'reset password for Isaiah Langer at Northwind Traders',
    'at Northwind Traders reset Isaiah Langer’s password',
    'Northwind Traders: reset pw for isaiah langer',
  ])('asks which of two customers of one name: %s', async (text) => {
    await technician.say(text);
    const asked = await technician.card('which-customer');
    const choices = choicesIn(asked.card);
    expect(choices).toHaveLength(2);
    for (const { title } of choices) expect(title).toMatch(/Northwind Traders.*onmicrosoft\.com.*tenant [0-9a-f-]{36}/);
    await technician.press(asked, 'Choose', { choice: valueOf(asked.card, 'northwindtraders.onmicrosoft.com') });
    const confirmation = await technician.card('confirmation');
    expect(confirmation.id).toBe(asked.id);
    expect(JSON.stringify(confirmation.card)).toContain('isaiah.langer@northwindtraders.onmicrosoft.com');
  });

  it('says that there is nobody of that name at the customer who was chosen', async () => {
    await technician.say('reset password for Isaiah Langer at Northwind Traders');
    const asked = await technician.card('which-customer');
    const answer = await technician.press(asked, 'Choose', { choice: valueOf(asked.card, 'traders-eu') });
    expect(['outcome-refused', 'which-user']).toContain(cardId(answer.value));
    expect(JSON.stringify(answer.value)).toContain('There is no “Isaiah Langer”');
    expect(writes()).toEqual([]);
  });

  it.each([
    ['reset password for Adele Vanse at Contoso Bikes', 'which-user', 'adele.vance@', 'confirmation'],
    ['reset password for Adele Vance at Contosso Bikes', 'which-customer', 'contosobikes.', 'confirmation'],
  ])('asks “did you mean”, and one suggestion is one button: %s', async (text, id, part, then) => {
    await technician.say(text);
    const asked = await technician.card(id);
    expect(JSON.stringify(asked.card)).toContain(part);
    expect(JSON.stringify(asked.card)).not.toContain('Input.ChoiceSet');
    const answer = await technician.press(asked, 'Choose');
    expect(cardId(answer.value)).toBe(then);
  });

  it('says that nothing was chosen, and changes nothing when somebody else presses', async () => {
    await technician.say('reset password for Alex Wilber at Contoso Bikes');
    const asked = await technician.card('which-user');
    const choice = valueOf(asked.card, 'alex.wilber2@');
    expect(await technician.press(asked, 'Choose')).toMatchObject({
      status: 200,
      type: message,
      value: expect.stringContaining('Choose one first'),
    });
    const other = createTeamsPerson(house, sam, { id: 'a:chat-robin', conversationType: 'personal' });
    for (const title of ['Choose', 'Cancel']) {
      expect(await other.press(asked, title, { choice })).toMatchObject({ status: 200, type: message });
    }
    expect(cardId((await technician.card('which-user')).card)).toBe('which-user');
  });

  it.each([
    [
      'grady archie at northwind traders',
      'northwindtraders.onmicrosoft.com',
      'grady.archie@northwindtraders-eu.onmicrosoft.com',
    ],
    [
      'isaiah langer at northwind traders',
      'northwindtraders-eu.onmicrosoft.com',
      'isaiah.langer@northwindtraders.onmicrosoft.com',
    ],
    [
      'isaiah.langer@northwindtraders.onmicrosoft.com at northwindtraders-eu.onmicrosoft.com',
      'northwindtraders-eu.onmicrosoft.com',
      'isaiah.langer@northwindtraders.onmicrosoft.com',
    ],
  ])(
    'offers the person at the other customer where there is nobody at the one that was chosen: %s',
    async (who, chosen, address) => {
      await technician.say(`reset ${who}`);
      const asked = await technician.card('which-customer');
      await technician.press(asked, 'Choose', { choice: valueOf(asked.card, `· ${chosen}`) });
      const offered = await technician.card('which-user');
      const shown = JSON.stringify(offered.card);
      expect(offered.id).toBe(asked.id);
      for (const part of [`(${chosen}).`, 'Did you mean this person at another customer?', address])
        expect(shown).toContain(part);
      const answer = await technician.press(offered, 'Choose');
      expect(cardId(answer.value)).toBe('confirmation');
      expect(JSON.stringify(answer.value)).toContain(address);
    },
  );

  it('names the customer in its own spelling where nothing came of it', async () => {
    await technician.say('reset zzyx qwert at northwind traders');
    const asked = await technician.card('which-customer');
    await technician.press(asked, 'Choose', { choice: valueOf(asked.card, 'northwindtraders.onmicrosoft.com') });
    const refused = await technician.card('outcome-refused');
    expect(JSON.stringify(refused.card)).toContain('“zzyx qwert” at Northwind Traders');
    expect(JSON.stringify(refused.card)).not.toContain('northwind traders');
  });

  it('says on the new card that it takes the place of a request that was open', async () => {
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    expect(JSON.stringify((await technician.card('confirmation')).card)).not.toContain('Replaces');
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    const shown = JSON.stringify((await technician.card('confirmation')).card);
    expect(shown).toMatch(/Replaces.*your request of \{\{DATE\([^)]*\)\}\} \{\{TIME\([^)]*\)\}\}, which is over now/);
    await technician.card('outcome-expired');
  });

  it('believes nothing of a card but the id of the question and a key of its own', async () => {
    await technician.say('reset password for Alex Wilber at Contoso Bikes');
    const asked = await technician.card('which-user');
    const { customer, user } = findPerson(house.partnerCenter.data, 'adele.vance@contosobikes.onmicrosoft.com');
    for (const choice of [user.id, `${customer.id}/${user.id}`, 'x'.repeat(1900)]) {
      const answer = await technician.press(asked, 'Choose', { choice, user: user.id, customer: customer.id });
      expect(cardId(answer.value)).toBe('which-user');
    }
    const forged = await technician.press(asked, 'Choose', { question: 'f'.repeat(32), choice: 'x' });
    expect(forged).toMatchObject({ status: 200, type: message });
  });

  it('is over when it is cancelled', async () => {
    await technician.say('reset password for Alex Wilber at Contoso Bikes');
    const asked = await technician.card('which-user');
    const answer = await technician.press(asked, 'Cancel');
    expect(cardId(answer.value)).toBe('outcome-cancelled');
    expect((await technician.card('outcome-cancelled')).id).toBe(asked.id);
    const late = await technician.press(asked, 'Choose', { choice: valueOf(asked.card, 'alex.wilber2@') });
    expect(cardId(late.value)).toBe('outcome-cancelled');
  });

  it('is over when cancel is typed, too, with its reference where several are open', async () => {
    await technician.say('reset password for Alex Wilber at Contoso Bikes');
    const asked = await technician.card('which-user');
    await technician.say('status');
    const status = JSON.stringify((await technician.card('status')).card);
    for (const part of ['Alex Wilber', 'I asked which person is meant. Press Choose on its card.'])
      expect(status).toContain(part);
    // `status` ended the typed answer, so the row offers none.
    expect(status).not.toContain('number');
    await technician.say('cancel');
    expect(technician.shown().at(-1)?.text).toContain('I ask no more about “Alex Wilber”');
    await technician.say('status');
    expect(JSON.stringify((await technician.card('status')).card)).toContain('Nothing of yours is open');
    expect((await technician.card('outcome-cancelled')).id).toBe(asked.id);
    await technician.say('reset password for Alex Wilber at Contoso Bikes');
    await technician.say('reset password for Isaiah Langer at Northwind Traders');
    await technician.say('cancel');
    const several = JSON.stringify((await technician.card('status')).card);
    expect(several).toContain('Press the button of the one you mean');
    const reference = /Northwind Traders.*?"([A-Z\d]{4}-[A-Z\d]{4})"/.exec(several)?.[1] ?? 'none';
    await technician.say(`cancel ${reference}`);
    expect(technician.shown().at(-1)?.text).toContain('I ask no more about “Isaiah Langer” at Northwind Traders');
  });

  it('answers a choice after a restart, and the same choice again with the same card', async () => {
    await technician.say('reset password for Alex Wilber at Contoso Bikes');
    const asked = await technician.card('which-user');
    await house.restart();
    const choice = valueOf(asked.card, 'alex.wilber2@');
    const first = await technician.press(asked, 'Choose', { choice });
    const again = await technician.press(asked, 'Choose', { choice });
    expect(cardId(first.value)).toBe('confirmation');
    expect(again.value).toEqual(first.value);
  });

  it('takes the customer of the last reset in the same chat, marks it, and takes none in another chat', async () => {
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    await technician.card('outcome-reset');
    await technician.say('reset password for Adele Vance');
    const second = await technician.card('confirmation');
    expect(JSON.stringify(second.card)).toContain('You did not name the customer');
    const group = createTeamsPerson(house, robin, { id: '19:group@thread.v2', conversationType: 'groupChat' });
    const mention = { type: 'mention', text: '<at>Locksmith</at>', mentioned: { id: '28:bot', name: 'Locksmith' } };
    await group.say('<at>Locksmith</at> reset password for Adele Vance', { entities: [mention] });
    expect(group.shown().at(-1)?.text).toContain('customer');
  });
});

describe('a search that takes long, over HTTP', () => {
  const hold = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    house.partnerCenter.faults.next({
      path: /users/,
      fault: { kind: 'held', until: promise, effect: 'before' },
    });
    return resolve;
  };

  it('says after two seconds that it goes on, holds up nobody else, and answers when it is done', async () => {
    const release = hold();
    const said = technician.say('reset password for Adele Vance at Contoso Bikes');
    const other = createTeamsPerson(house, sam, { id: 'a:chat-sam', conversationType: 'personal' });
    await other.say('reset password for Grady Archie at northwindtraders-eu.onmicrosoft.com');
    await other.card('confirmation');
    await technician.text('still looking');
    release();
    expect(await said).toBe(200);
    await technician.card('confirmation');
  });

  it('answers a choice in time with a card that says it is looking, and shows what it found on the same card', async () => {
    await technician.say('reset password for Isaiah Langer at Northwind Traders');
    const asked = await technician.card('which-customer');
    const release = hold();
    const choice = valueOf(asked.card, 'northwindtraders.onmicrosoft.com');
    const answer = await technician.press(asked, 'Choose', { choice });
    expect(cardId(answer.value)).toBe('which-customer');
    expect(findIn(answer.value, (one) => own(one, 'type') === 'Action.Execute')).toBeUndefined();
    release();
    const confirmation = await technician.card('confirmation');
    expect(confirmation.id).toBe(asked.id);
  });

  it('answers a request about 100,000 people within ten seconds, says how far it is, and then who it is', async () => {
    const began = performance.now();
    const said = technician.say('reset password for Nestor Wilke at Wide World Importers');
    const other = createTeamsPerson(house, sam, { id: 'a:chat-sam', conversationType: 'personal' });
    await other.say('reset password for Adele Vance at Contoso Bikes');
    expect(await said).toBe(200);
    expect(performance.now() - began).toBeLessThan(11_000);
    for (let waited = 0; waited < 3; waited += 1) await technician.card('confirmation').catch(() => undefined);
    const confirmation = await technician.card('confirmation');
    expect(JSON.stringify(confirmation.card)).toContain('nestor.wilke@wideworldimporters.onmicrosoft.com');
    const texts = technician.shown().flatMap(({ text }) => (text === undefined ? [] : [text]));
    for (const text of texts) expect(text).toMatch(/^I am still looking.* [\d,]+ (of [\d,]+ )?people/);
    expect(texts.length).toBeLessThanOrEqual(1);
  }, 60_000);
});

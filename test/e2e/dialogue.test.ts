import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findPerson } from '../../src/sandbox/partner-center/index.ts';
import { own } from '../support/own.ts';
import { type House, startHouse } from '../support/start-house.ts';
import { cardId, createTeamsPerson, findIn, robin, sam, type TeamsPerson } from '../support/teams-person.ts';

const adele = 'adele.vance@contosobikes.onmicrosoft.com';

let house: House;
let technician: TeamsPerson;

beforeEach(async () => {
  house = await startHouse();
  technician = createTeamsPerson(house, robin, { id: 'a:chat-robin', conversationType: 'personal' });
});
afterEach(() => house.stop());

const writes = () => house.partnerCenter.calls.filter(({ method }) => method === 'PATCH');
const cards = (id: string) => technician.shown().filter(({ card }) => cardId(card) === id);
const input = (card: unknown, id: string) => findIn(card, (one) => own(one, 'id') === id);
const lastText = () => technician.shown().findLast(({ text }) => text !== undefined)?.text ?? '';

describe('a question that was asked in words, over HTTP', () => {
  it.each(['Contoso Bikes', 'at Contoso Bikes', 'contosobikes.onmicrosoft.com', adele])(
    'is answered by the next message: %s',
    async (answer) => {
      await technician.say('reset password for Adele Vance');
      await technician.text('At which customer is “Adele Vance”?');
      await technician.say(answer);
      expect(JSON.stringify((await technician.card('confirmation')).card)).toContain(adele);
      expect(cards('confirmation')).toHaveLength(1);
      expect(writes()).toEqual([]);
    },
  );

  it('says what a number is that chooses nothing while an older list is open: it is pressed, or the newer question answered', async () => {
    await technician.say('reset alex wilber at contoso bikes');
    await technician.card('which-user');
    await technician.say('reset password at Contoso Bikes');
    await technician.text('Whose password');
    await technician.say('2');
    expect(await technician.text('chooses nothing')).toContain('press Choose on its card');
    expect(lastText()).toContain('the latest question here is another one');
    await technician.say('help');
    await technician.say('2');
    expect(await technician.text('your very next message')).toContain('still open: press Choose on its card.');
    expect(JSON.stringify(technician.shown())).not.toContain('No list is open here');
  });

  it('outlives a restart', async () => {
    await technician.say('reset password for Adele Vance');
    await house.restart();
    await technician.say('Contoso Bikes');
    expect(JSON.stringify((await technician.card('confirmation')).card)).toContain(adele);
  });

  it('asks on where the answer is not enough, and takes the name of a person where one is missing', async () => {
    await technician.say('reset password for Zzyx Qwert');
    await technician.say('Contoso Bikes');
    await technician.text('There is no “Zzyx Qwert” at Contoso Bikes');
    await technician.say('Adele Vance');
    expect(JSON.stringify((await technician.card('confirmation')).card)).toContain(adele);
  });

  it('takes a customer as the answer after a person was looked for at the customer of the last reset', async () => {
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    const proof = { verification: 'In person', ticket: '' };
    await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    await technician.card('outcome-reset');
    await technician.say('reset password for Isaiah Langer');
    await technician.text('Type the customer that you mean');
    // No such customer; a guest whose own address is there is not called so.
    await technician.say('fabrikam');
    expect(lastText()).toContain('There is no “fabrikam” at Contoso Bikes');
    expect(cards('which-user')).toEqual([]);
    await technician.say('reset password for Isaiah Langer');
    // Two customers are called so.
    await technician.say('northwind traders');
    const asked = await technician.card('which-customer');
    expect(JSON.stringify(asked.card)).toContain('Northwind Traders');
    await technician.say('1');
    expect(JSON.stringify(technician.shown())).toContain('Isaiah Langer');
    expect(technician.shown().map(({ card }) => cardId(card))).not.toContain('which-customer');
  });

  it('names the person or the customer that a typed choice took, and says how the card goes on', async () => {
    await technician.say('reset password for Alex Wilber at Contoso Bikes');
    await technician.card('which-user');
    await technician.say('1');
    await technician.card('confirmation');
    expect(lastText()).toMatch(/^Chosen: Alex Wilber, alex\.wilber2?@contosobikes\.onmicrosoft\.com, at Contoso Bikes/);
    await technician.say('reset password for Grady Archie at northwind traders');
    await technician.card('which-customer');
    await technician.say('northwindtraders-eu.onmicrosoft.com');
    expect(lastText()).toMatch(/^Chosen: .*northwindtraders-eu\.onmicrosoft\.com/);
  });

  it('says that nobody of that name is at the customer that was chosen, and takes another customer for the same person', async () => {
    await technician.say('reset password for Adele Vance at northwind traders');
    await technician.card('which-customer');
    await technician.say('2');
    await technician.card('outcome-refused');
    expect(lastText()).toMatch(/^Nothing was changed: There is no “Adele Vance” at .*or another customer\.$/);
    await technician.say('Contoso Bikes');
    expect(JSON.stringify((await technician.card('confirmation')).card)).toContain(adele);
    expect(JSON.stringify(technician.shown())).not.toContain('customer of your last reset');
  });

  it('does the same after a press on the card, and cancel ends it', async () => {
    await technician.say('reset password for Adele Vance at northwind traders');
    const asked = await technician.card('which-customer');
    const choices = own(input(asked.card, 'choice'), 'choices');
    await technician.press(asked, 'Choose', {
      choice: String(own(Array.isArray(choices) ? choices[0] : undefined, 'value')),
    });
    await technician.card('outcome-refused');
    await technician.say('cancel');
    expect(lastText()).toBe(
      'Cancelled. I ask no more about “Adele Vance” at Northwind Traders, and nothing was changed.',
    );
    await technician.say('Contoso Bikes');
    expect(cards('confirmation')).toEqual([]);
  });

  it('remembers the customer of a sentence that names nobody', async () => {
    await technician.say('reset a password at contoso bikes');
    expect(lastText()).toBe(
      'Whose password at Contoso Bikes (contosobikes.onmicrosoft.com)? Type their name or address.',
    );
    await technician.say('northwindtraders-eu.onmicrosoft.com');
    expect(lastText()).toMatch(/^Whose password at .*northwindtraders-eu/);
    await technician.say('contoso bikes');
    await technician.say('Adele Vance');
    const confirmation = JSON.stringify((await technician.card('confirmation')).card);
    expect(confirmation).toContain(adele);
    expect(confirmation).not.toContain('You did not name the customer');
  });

  it('takes the number of a list for nobody where no list is open', async () => {
    await technician.say('2');
    await technician.text('No list is open here any more');
    await technician.say('reset password for Zzyx Qwert at Contoso Bikes');
    await technician.text('There is no “Zzyx Qwert” at Contoso Bikes');
    await technician.say('2');
    expect(lastText()).toContain('No list is open here any more');
    await technician.say('Adele Vance');
    expect(JSON.stringify((await technician.card('confirmation')).card)).toContain(adele);
  });

  it('goes on to a card with choices, which a number answers', async () => {
    await technician.say('reset password for Alex Wilber');
    await technician.say('Contoso Bikes');
    const asked = await technician.card('which-user');
    await technician.say('7');
    expect(lastText()).toMatch(/^I cannot tell which one “7” is[^]*1\. Alex Wilber[^]*2\. Alex Wilber/);
    await technician.say('Alex Wilber');
    expect(lastText()).toContain('I cannot tell which one “Alex Wilber” is');
    await technician.say('alex.wilber2@contosobikes.onmicrosoft.com');
    const confirmation = await technician.card('confirmation');
    expect(confirmation.id).toBe(asked.id);
    expect(JSON.stringify(confirmation.card)).toContain('alex.wilber2@contosobikes.onmicrosoft.com');
  });

  it('asks again where the name of a customer is typed that another one seems to have', async () => {
    const falcon = house.partnerCenter.data.customers.find(({ name }) => name === 'Falcon Legal');
    Object.assign(falcon ?? {}, { name: '\u0421ontoso Bikes' });
    await technician.say('reset password for Adele Vance at Contoso Bikes');
    await technician.card('which-customer');
    await technician.say('Contoso Bikes');
    expect(lastText()).toContain('I cannot tell which one “Contoso Bikes” is');
    expect(cards('confirmation')).toEqual([]);
    await technician.say('contosobikes.onmicrosoft.com');
    expect(JSON.stringify((await technician.card('confirmation')).card)).toContain(adele);
  });

  it('is answered once by a message that is delivered twice, also at once', async () => {
    await technician.say('reset password for Adele Vance');
    const id = { id: 'activity-twice' };
    await Promise.all([1, 2, 3].map(() => technician.say(adele, id)));
    await technician.say(adele, id);
    await technician.card('confirmation');
    expect(cards('confirmation')).toHaveLength(1);
    expect(cards('outcome-expired')).toHaveLength(0);
    expect(technician.shown()).toHaveLength(2);
  });

  it('is one request where a press and a typed answer come at once', async () => {
    await technician.say('reset password for Alex Wilber at Contoso Bikes');
    const asked = await technician.card('which-user');
    const choices = own(input(asked.card, 'choice'), 'choices');
    const choice = String(own(Array.isArray(choices) ? choices[0] : undefined, 'value'));
    await Promise.all([technician.press(asked, 'Choose', { choice }), technician.say('1')]);
    expect((await technician.card('confirmation')).id).toBe(asked.id);
    expect(cards('confirmation')).toHaveLength(1);
  });

  it('belongs to one person in one chat', async () => {
    await technician.say('reset password for Adele Vance');
    const other = createTeamsPerson(house, sam, { id: 'a:chat-robin', conversationType: 'personal' });
    await other.say('Contoso Bikes');
    const group = createTeamsPerson(house, robin, { id: '19:group@thread.v2', conversationType: 'groupChat' });
    const mention = { type: 'mention', text: '<at>Locksmith</at>', mentioned: { id: '28:bot', name: 'Locksmith' } };
    await group.say('<at>Locksmith</at> Contoso Bikes', { entities: [mention] });
    expect(cards('confirmation')).toHaveLength(0);
    expect(group.shown().filter(({ card }) => card !== undefined)).toEqual([]);
    await technician.say('Contoso Bikes');
    await technician.card('confirmation');
  });

  it.each(['help', 'status', 'cancel', 'reset password for Zzyx Qwert at Contoso Bikes'])(
    'is over after a command or another request: %s',
    async (text) => {
      await technician.say('reset password for Adele Vance');
      await technician.say(text);
      await technician.say('Contoso Bikes');
      expect(cards('confirmation')).toHaveLength(0);
    },
  );

  it('is ended first by cancel, before a request that waits', async () => {
    await technician.say('reset password for Grady Archie at northwindtraders-eu.onmicrosoft.com');
    const waiting = await technician.card('confirmation');
    await technician.say('reset password for Adele Vance');
    await technician.say('cancel');
    expect(lastText()).toBe('Cancelled. I ask no more about “Adele Vance”, and nothing was changed.');
    expect((await technician.card('confirmation')).id).toBe(waiting.id);
  });
});

describe('what a sentence says of the caller, over HTTP', () => {
  it('stands on the card, is not asked again, and counts at the press', async () => {
    await technician.say('reset password for Adele Vance at Contoso Bikes, called back, ticket 4711');
    const { card, id } = await technician.card('confirmation');
    expect(input(card, 'verification')).toBeUndefined();
    expect(input(card, 'ticket')).toBeUndefined();
    expect(JSON.stringify(card)).toContain('Called back on a number on file');
    expect(JSON.stringify(card)).toContain('4711');
    await technician.press({ id, card }, 'Reset password');
    const { card: outcome } = await technician.card('outcome-reset');
    expect(JSON.stringify(outcome)).toContain('Called back on a number on file');
    expect(writes()).toHaveLength(1);
  });

  it('survives a question, and an input that is there wins', async () => {
    await technician.say('reset password for Adele Vance #4711');
    await technician.say('Contoso Bikes');
    const confirmation = await technician.card('confirmation');
    expect(input(confirmation.card, 'ticket')).toBeUndefined();
    expect(input(confirmation.card, 'verification')).toBeDefined();
    await technician.press(confirmation, 'Reset password', { verification: 'In person', ticket: '4712' });
    expect(JSON.stringify((await technician.card('outcome-reset')).card)).toMatch(/In person[^]*4712/);
  });

  it('takes nothing over from a negation', async () => {
    await technician.say('reset password for Adele Vance at Contoso Bikes, not called back yet');
    const { card } = await technician.card('confirmation');
    expect(input(card, 'verification')).toBeDefined();
  });
});

describe('a confirmation by words, over HTTP', () => {
  const ask = (name: string) => technician.say(`reset password for ${name} at Contoso Bikes`);

  it('is the button of the one that waits, with what the card still asks for', async () => {
    await ask('Adele Vance');
    const { id } = await technician.card('confirmation');
    await technician.say('confirm');
    expect(lastText()).toMatch(/^Nothing was reset for Adele Vance \(.*“in person”/);
    expect(writes()).toEqual([]);
    await technician.say('confirm called back #4711');
    const outcome = await technician.card('outcome-reset');
    expect(outcome.id).toBe(id);
    expect(JSON.stringify(outcome.card)).toMatch(/Called back on a number on file[^]*4711/);
    const { user } = findPerson(house.partnerCenter.data, adele);
    expect(writes().map(({ path }) => path.includes(user.id))).toEqual([true]);
  });

  const alex = 'alex.wilber@contosobikes.onmicrosoft.com';
  const renameAlex = (displayName: string): void => {
    const { customer, user } = findPerson(house.partnerCenter.data, alex);
    house.partnerCenter.data.users(customer.id)?.change(user.id, { displayName });
  };

  it('is of nobody who is only called like the address that is typed', async () => {
    renameAlex(adele);
    await technician.say(`reset password for ${alex}`);
    await technician.card('confirmation');
    await technician.say(`confirm ${adele} in person`);
    expect(lastText()).toContain('I did not understand all of that, so I confirmed nothing.');
    expect(writes()).toEqual([]);
    await technician.say(`confirm ${alex} in person`);
    await technician.card('outcome-reset');
  });

  it('asks which, where the names of two look the same, and asks again for the same name', async () => {
    renameAlex('\u0410dele Vance');
    await technician.say(`reset password for ${adele}`);
    await technician.card('confirmation');
    await technician.say(`reset password for ${alex}`);
    await technician.say('confirm Adele Vance in person');
    expect(lastText()).toMatch(/^Several of your resets wait[^]*1\. \u0410dele Vance[^]*2\. Adele Vance/);
    await technician.say('Adele Vance');
    expect(lastText()).toContain('I cannot tell which one “Adele Vance” is');
    expect(writes()).toEqual([]);
    await technician.say(adele);
    await technician.card('outcome-reset');
    const { user } = findPerson(house.partnerCenter.data, adele);
    expect(writes().map(({ path }) => path.includes(user.id))).toEqual([true]);
  });

  it.each(['confirm authenticator', 'confirm #4711 authenticator', 'confirm vouched'])(
    'takes a word that only one of the policy’s methods has: %s',
    async (text) => {
      await ask('Adele Vance');
      await technician.say(text);
      await technician.card('outcome-reset');
    },
  );

  it('names the ways to verify a caller where it understands none', async () => {
    await ask('Adele Vance');
    await technician.say('confirm by pigeon');
    expect(lastText()).toMatch(
      /^I did not understand all of that.*“called back on a number on file”, “authenticator approval”/,
    );
    await technician.say('confirm not authenticator');
    expect(writes()).toEqual([]);
  });

  it('tells a request that a newer one replaced from one whose time was over', async () => {
    await ask('Adele Vance');
    await ask('Adele Vance');
    const old = await technician.card('outcome-expired');
    expect(JSON.stringify(old.card)).toContain('Replaced: nothing was changed');
    await technician.say('history');
    const history = JSON.stringify((await technician.card('history')).card);
    expect(history).toContain('Replaced by a newer request: nothing was changed.');
    const references = history.match(/[CDFGHJKMNPQRTWXY3479]{4}-[CDFGHJKMNPQRTWXY3479]{4}/g) ?? [];
    await technician.say(`cancel ${references.at(-1) ?? ''}`);
    expect(lastText()).toMatch(/^That request for Adele Vance is over already: you asked again/);
    expect(cards('confirmation')).toHaveLength(1);
  });

  it.each([
    'confirm not called back yet',
    'confirm in person?',
    'confirm in person if it is her',
    'confirm in person tomorrow',
    'confirm in person #1 #2',
    'confirm 1',
  ])('does nothing where a word is left over: %s', async (text) => {
    await ask('Adele Vance');
    await technician.say(text);
    expect(lastText()).toMatch(/^(?:I did not understand all of that|Nothing was reset)/);
    expect(writes()).toEqual([]);
  });

  it('asks which of several, and the answer confirms that one with what was said before', async () => {
    await ask('Adele Vance');
    await technician.say('reset password for Grady Archie at northwindtraders-eu.onmicrosoft.com');
    await technician.say('confirm in person #4711');
    expect(lastText()).toMatch(/^Several of your resets wait[^]*1\. Grady Archie[^]*2\. Adele Vance/);
    expect(writes()).toEqual([]);
    await technician.say('2');
    expect(JSON.stringify((await technician.card('outcome-reset')).card)).toMatch(/Adele[^]*In person[^]*4711/);
    expect(writes()).toHaveLength(1);
    expect(cards('confirmation')).toHaveLength(1);
  });

  it('confirms once where it is delivered twice, whatever waits by then', async () => {
    const id = { id: 'activity-confirm' };
    await ask('Adele Vance');
    await Promise.all([1, 2].map(() => technician.say('confirm in person', id)));
    await technician.card('outcome-reset');
    await technician.say('reset password for Grady Archie at northwindtraders-eu.onmicrosoft.com');
    await technician.say('confirm in person', id);
    await technician.card('confirmation');
    expect(writes()).toHaveLength(1);
  });

  it('does nothing in a group chat and says so, and nothing to what waits elsewhere', async () => {
    const group = createTeamsPerson(house, robin, { id: '19:group@thread.v2', conversationType: 'groupChat' });
    const mention = { type: 'mention', text: '<at>Locksmith</at>', mentioned: { id: '28:bot', name: 'Locksmith' } };
    await group.say('<at>Locksmith</at> reset password for Adele Vance at Contoso Bikes', { entities: [mention] });
    await group.card('confirmation');
    await group.say('<at>Locksmith</at> confirm in person', { entities: [mention] });
    expect(group.shown().at(-1)?.text).toContain('in our own chat only');
    await technician.say('confirm in person');
    expect(lastText()).toContain('Nothing of yours waits to be confirmed');
    expect(writes()).toEqual([]);
  });
});

describe('a message that was edited, over HTTP', () => {
  const edit = (at: string) => ({ type: 'messageUpdate', channelData: { eventType: 'editMessage' }, timestamp: at });

  it('is read once more, once for each edit', async () => {
    const id = { id: 'activity-edited' };
    await technician.say('reset password for Adele Vnace at Contoso Bikes', id);
    const first = { ...id, ...edit('2026-11-30T10:00:00Z') };
    await technician.say('reset password for Adele Vance at Contoso Bikes', first);
    expect(JSON.stringify((await technician.card('confirmation')).card)).toContain(adele);
    await technician.say('reset password for Adele Vance at Contoso Bikes', first);
    expect(cards('confirmation')).toHaveLength(1);
  });

  it('confirms nothing, and says so', async () => {
    const id = { id: 'activity-edited' };
    await technician.say('reset password for Adele Vance at Contoso Bikes', id);
    await technician.card('confirmation');
    await technician.say('confirm called back', { ...id, ...edit('2026-11-30T10:00:00Z') });
    expect(lastText()).toBe('An edited message changes nothing. Type it as a new one.');
    expect(writes()).toEqual([]);
  });
});

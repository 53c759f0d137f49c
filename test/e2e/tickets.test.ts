import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createPretendHaloPsa, describePretendHaloPsa } from '../../src/sandbox/halopsa/pretend-halopsa.ts';
import { type House, startHouse } from '../support/start-house.ts';
import { own } from '../support/own.ts';
import { cardId, createTeamsPerson, findIn, robin } from '../support/teams-person.ts';

const pretend = createPretendHaloPsa();

let house: House;
beforeAll(async () => {
  const { url } = await pretend.listen();
  house = await startHouse({ ticketSystem: describePretendHaloPsa(url) });
});
afterAll(async () => {
  // It also looks for passwords, tokens and keys in the database, in which the notes wait.
  await house.stop();
  await pretend.close();
});

it('a ticket of another customer is shown on the card with a warning, over HTTP', async () => {
  const technician = createTeamsPerson(house, robin, { id: 'a:chat-1', conversationType: 'personal' });
  await technician.say('reset adele vance at contoso bikes, #4715, called back');
  const shown = JSON.stringify(technician.shown());
  expect(shown).toContain('Isaiah is locked out · Northwind Traders');
  expect(shown).toContain('The ticket is of another customer.');
  expect(shown).toContain('The ticket was opened for somebody else than this person.');
  expect(pretend.actions).toStrictEqual([]);
});

it('a ticket of another customer that is typed on the card warns before anything is reset, and the next press goes on', async () => {
  const technician = createTeamsPerson(house, robin, { id: 'a:chat-3', conversationType: 'personal' });
  await technician.say('reset adele vance at contoso bikes');
  const proof = { verification: 'In person', ticket: '4715' };
  const asked = await technician.card('confirmation');
  const first = await technician.press(asked, 'Reset password', { ...proof, ticket: '4715\u200B' });
  expect(cardId(first.value)).toBe('confirmation');
  const shown = JSON.stringify(first.value);
  expect(shown).toContain('The ticket is of another customer.');
  expect(shown).toContain('Nothing was reset yet');
  // What was typed stands in the input, so that it can be corrected.
  expect(findIn(first.value, (one) => own(one, 'id') === 'ticket')).toMatchObject({ value: '4715' });
  expect(house.partnerCenter.calls.filter(({ method }) => method === 'PATCH')).toEqual([]);
  // A double click is of the card that did not warn.
  const twice = await technician.press(asked, 'Reset password', proof);
  expect(cardId(twice.value)).toBe('confirmation');
  const warned = { id: asked.id, card: Object(first.value) };
  const again = await technician.press(warned, 'Reset password', { ticket: '4715' });
  expect(cardId(again.value)).toBe('outcome-reset');
});

it('a typed confirm with a ticket that does not fit says so, and the same again goes on', async () => {
  const technician = createTeamsPerson(house, robin, { id: 'a:chat-4', conversationType: 'personal' });
  await technician.say('reset adele vance at contoso bikes');
  await technician.card('confirmation');
  await technician.say('confirm called back #4715');
  await technician.text('The ticket is of another customer.');
  await technician.say('confirm #4715');
  await technician.card('outcome-reset');
});

it('a ticket of another contact that is typed, on the card or by words, is shown first with their address, and the next press goes on', async () => {
  const technician = createTeamsPerson(house, robin, { id: 'a:chat-5', conversationType: 'personal' });
  await technician.say('reset password for alex.wilber2@contosobikes.onmicrosoft.com');
  await technician.card('confirmation');
  const before = house.partnerCenter.calls.filter(({ method }) => method === 'PATCH').length;
  await technician.say('confirm in person #4711');
  await technician.text('The ticket was opened for Adele Vance (adele.vance@contosobikes.onmicrosoft.com).');
  await technician.text('Nothing was reset yet for Alex Wilber (alex.wilber2@contosobikes.onmicrosoft.com).');
  const card = JSON.stringify((await technician.card('confirmation')).card);
  expect(card).toContain('The ticket was opened for somebody else than this person.');
  expect(card).toContain('Adele Vance (adele.vance@contosobikes.onmicrosoft.com)');
  expect(house.partnerCenter.calls.filter(({ method }) => method === 'PATCH')).toHaveLength(before);
  await technician.say('confirm');
  await technician.card('outcome-reset');
});

it('a typed ticket that is not there is shown first, and the same again goes on and says so', async () => {
  const technician = createTeamsPerson(house, robin, { id: 'a:chat-6', conversationType: 'personal' });
  await technician.say('reset password for alex.wilber@contosobikes.onmicrosoft.com');
  await technician.card('confirmation');
  await technician.say('confirm in person #999999');
  await technician.text('There is no ticket of that number.');
  await technician.say('confirm #999999');
  await technician.text('though the ticket system has no ticket 999999');
  expect(JSON.stringify((await technician.card('outcome-reset')).card)).toContain('There is no such ticket.');
});

it('the ticket of the person is shown without a warning', async () => {
  const technician = createTeamsPerson(house, robin, { id: 'a:chat-2', conversationType: 'personal' });
  await technician.say('reset adele vance at contoso bikes, #4711, called back');
  const shown = JSON.stringify(technician.shown());
  expect(shown).toContain('Adele cannot sign in since this morning · Contoso Bikes · Adele Vance · open');
  expect(shown).not.toContain('The ticket is');
});

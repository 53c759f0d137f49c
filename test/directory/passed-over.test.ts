import { describe, expect, it } from '@jest/globals';
import { createDirectory } from '../../src/directory/directory.ts';
import { createHandClock } from '../support/hand-clock.ts';
import { createFakePartner } from './fake-partner.ts';
import { customerId, findBy, guid, person, say } from './people.ts';

const customers = [
  'Contoso',
  'Studio-54',
  'Area-51',
  'Mind',
  'First Call',
  'One Access',
  'First Bank of Denver',
  'Northwind',
].map((name, at) => {
  const domain = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '')}.example`;
  const users = ['Jane Doe', 'Bob Smith'].map((called, number) => {
    const { id, displayName, firstName, lastName } = person(100 * (at + 1) + number, called);
    const userPrincipalName = `user${String(number)}@${domain}`;
    return { id, displayName, firstName, lastName, userPrincipalName };
  });
  return { id: guid(at + 1), name, domain, users };
});

/** What is found where the chat was about Contoso. */
async function find(text: string, inferredCustomer = customerId(1)): Promise<string> {
  const { partner } = createFakePartner(customers);
  return say(await findBy(createDirectory({ partner, clock: createHandClock() }), text, { inferredCustomer }));
}

describe('a customer who is called like a ticket’s number or like ordinary words', () => {
  it.each([
    ['studio-54: reset jane doe', 'studio54'],
    ['reset jane doe, studio-54', 'studio54'],
    ['reset jane doe (studio-54)', 'studio54'],
    ['studio-54 jane doe pw reset', 'studio54'],
    ['ticket studio-54: reset jane doe', 'studio54'],
    ['area-51: reset jane doe', 'area51'],
    ['mind: reset jane doe', 'mind'],
    ['mind user jane doe needs a new password', 'mind'],
    ['reset bob smith, he’s at first call', 'firstcall'],
    ['reset bob smith, he is at first call', 'firstcall'],
    ['reset bob smith, he is from one access', 'oneaccess'],
    ['reset bob smith, he works for one access', 'oneaccess'],
    ['reset bob smith, she is at first of', 'nocustomer'],
  ])('is offered, and no customer taken in its place: %s', async (text, name) => {
    const said = await find(text);
    expect(said).not.toMatch(/^found .* at Contoso$/);
    expect(said.toLowerCase().replaceAll(/[^a-z0-9]/g, '')).toMatch(name);
  });

  it.each([
    'reset jane doe, INC12345',
    'inc-12345: reset jane doe',
    'reset jane doe, he is at work',
    'reset jane doe, she is at lunch now',
    'reset jane doe, she is with me',
    'reset jane doe please',
  ])('is not thought of where there is none of that name: %s', async (text) => {
    expect(await find(text)).toBe('found Jane Doe at Contoso');
  });
});

describe('somebody addressed before an order that names a customer', () => {
  it.each([
    ['hey bob reset jane doe at studio-54', 'found Jane Doe at Studio-54'],
    ['anna lee, reset jane doe at studio-54 please', 'found Jane Doe at Studio-54'],
    ['contoso, reset jane doe at studio-54', 'which-customer contoso.example studio54.example'],
  ])('is nobody, unless a customer is called so: %s', async (text, expected) => {
    expect(await find(text)).toBe(expected);
  });
});

describe('what stands around a name and a customer', () => {
  it.each([
    'password reset required: jane doe, northwind',
    'reset password for jane doe who works at northwind',
    'got jane doe from northwind on the phone, reset her password pls',
    'Northwind called, jane doe is locked out, reset her password',
  ])('asks for no choice: %s', async (text) => {
    expect(await find(text)).toBe('found Jane Doe at Northwind');
  });

  it.each(['info on password reset please', 'password reset info please', 'need info on resetting password'])(
    'is nobody’s mailbox: %s',
    async (text) => {
      expect(await find(text)).not.toMatch(/^found|^which|^no-user/);
    },
  );
});

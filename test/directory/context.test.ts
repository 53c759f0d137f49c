import { describe, expect, it } from '@jest/globals';
import { createDirectory } from '../../src/directory/directory.ts';
import { createHandClock } from '../support/hand-clock.ts';
import { createFakePartner } from './fake-partner.ts';
import { customerId, findBy, guid, person, say } from './people.ts';

const everybody = (first: number, domain: string) =>
  ['Adele Vance', 'Bo Li', 'Mary Sue Lee'].map((name, at) => {
    const { id, displayName, firstName, lastName } = person(first + at, name);
    return { id, displayName, firstName, lastName, userPrincipalName: `user${at}@${domain}` };
  });
const customers = [
  { id: guid(1), name: 'Contoso', domain: 'contoso.example', users: everybody(100, 'contoso.example') },
  { id: guid(2), name: 'Fabrikam, Inc.', domain: 'fabrikam.example', users: everybody(200, 'fabrikam.example') },
];

/** What is found where the chat was about Contoso. */
function find(text: string) {
  const { partner } = createFakePartner(customers);
  return findBy(createDirectory({ partner, clock: createHandClock() }), text, { inferredCustomer: customerId(1) });
}

describe('the customer that the chat was about', () => {
  it.each(['reset password for Adele Vance', 'reset Vance, Adele', 'reset bo li', 'pw reset Mary Sue Lee'])(
    'is taken where none is typed, and said to be inferred: %s',
    async (text) => {
      expect(await find(text)).toMatchObject({
        kind: 'found',
        customerInferred: 'context',
        target: { customer: { id: guid(1) } },
      });
    },
  );

  it.each([
    'reset password for Adele Vance at Qqqq',
    'at Qqqq reset Adele Vance’s password',
    'reset Adele Vance’s password at Qqqq',
    'reset password for Adele Vance, Qqqq',
    'reset password for Adele Vance (Qqqq)',
    'Qqqq: reset password for Adele Vance',
    'reset password for Adele Vance\nQqqq',
    'Adele Vance at Qqqq needs a new password',
    'at Vanse reset Adele Vance’s password',
    'at Vance reset Adele Vance’s password',
    'pw reset Adele Vance Qqqq',
    'reset Mary Sue Lee Qqqq password',
    'reset user0@contoso.example at Fabrikm',
    'reset user0@fabrikm.example',
    'reset user1@qqqq.example',
  ])('neither finds nor offers anybody where a customer is typed, however wrongly: %s', async (text) => {
    const finding = await find(text);
    expect(say(finding)).toMatch(/^(?:no-customer|unknown-domain|customer-missing|which-customer|which-user|no-user$)/);
    if (finding.kind === 'which-user') {
      // An address is somebody's whatever else was typed; it is offered, and not taken.
      expect(text).toContain('user0@contoso.example');
    }
  });

  it('offers who is near where every word may be a person’s', async () => {
    expect(say(await find('reset password for Adele Vanse'))).toBe('no-user, Adele Vance');
    expect(say(await find('reset password for Adele'))).toBe('no-user, Adele Vance');
    expect(await find('pw reset Adele Qqqq')).toMatchObject({ kind: 'no-user', customerInferred: 'context', near: [] });
  });

  it('is where an address belongs that is to the letter one of its users’, whatever domains are known', async () => {
    const [contoso, fabrikam] = customers;
    const users = [{ ...person(300, 'Cy Om'), userPrincipalName: 'cy@custom.example' }];
    const { partner } = createFakePartner([
      { ...(contoso ?? { id: '', name: '', domain: '' }), users },
      ...(fabrikam ? [fabrikam] : []),
    ]);
    const directory = createDirectory({ partner, clock: createHandClock() });
    const options = { inferredCustomer: customerId(1) };
    expect(await findBy(directory, 'reset cy@custom.example', options)).toMatchObject({
      kind: 'found',
      customerInferred: 'address',
    });
    expect(say(await findBy(directory, 'reset cy@other.example', options))).toBe('unknown-domain, other.example');
  });
});

describe('a customer left out where there is no context', () => {
  it.each([
    ['reset password for Adele Vance', 'Adele Vance'],
    ['pw reset Bo Li', 'Bo Li'],
    ['reset Contosa Vance', 'Contosa Vance'],
    ['reset password for Vance', 'Vance'],
  ])('is asked for, and no part of a name is taken for one: %s', async (text, typed) => {
    const { partner } = createFakePartner(customers);
    const finding = await findBy(createDirectory({ partner, clock: createHandClock() }), text);
    expect(finding).toMatchObject({ kind: 'customer-missing', typed });
  });

  it('is offered where a customer that is near stands beside a whole name', async () => {
    const { partner } = createFakePartner(customers);
    const finding = await findBy(createDirectory({ partner, clock: createHandClock() }), 'pw reset Bo Li Contosso');
    expect(say(finding)).toBe('no-customer, Contoso');
  });
});

describe('words that a reading passes over', () => {
  it.each([
    ['reset password for Bo Li at Contoso please', 'found Bo Li at Contoso'],
    ['reset password for Bo Li at Contoso, he is locked out', 'found Bo Li at Contoso'],
    ['reset user1@fabrikam.example please', 'found Bo Li at Fabrikam, Inc.'],
    ['reset password for Bo Li at Fabrikam, Inc.', 'found Bo Li at Fabrikam, Inc.'],
  ])('are courtesy where no other customer is called so: %s', async (text, expected) => {
    const finding = await find(text);
    expect(say(finding)).toBe(expected);
    expect(finding).not.toMatchObject({ customerInferred: 'context' });
  });

  it.each(['Fabrikam', 'Fabrikam, Icn.', 'Fabrikam please', 'Fabrikam, Icn. please'])(
    'may be the rest of another customer’s name, and then it is asked: %s',
    async (typed) => {
      const fabrikam = { id: guid(3), name: 'Fabrikam', domain: 'fab.example', users: everybody(300, 'fab.example') };
      const { partner } = createFakePartner([...customers, fabrikam]);
      const text = `reset password for Bo Li at ${typed}`;
      const finding = await findBy(createDirectory({ partner, clock: createHandClock() }), text);
      expect(finding.kind).toMatch(/^which-/);
    },
  );
});

describe('courtesy beside a name', () => {
  it.each([
    'reset password for Bo Li please',
    'pls reset Bo Li asap',
    'reset Bo Li now, thanks!',
    'please reset the password for user Bo Li today',
  ])('is no customer, so the one of the last reset here is taken, marked: %s', async (text) => {
    const finding = await find(text);
    expect(say(finding)).toBe('found Bo Li at Contoso');
    expect(finding).toMatchObject({ customerInferred: 'context' });
  });

  it('is a customer where there is one who is called so', async () => {
    const now = { id: guid(7), name: 'Now', domain: 'now.example', users: everybody(700, 'now.example') };
    const { partner } = createFakePartner([...customers, now]);
    const directory = createDirectory({ partner, clock: createHandClock() });
    const finding = await findBy(directory, 'reset password for Bo Li now', { inferredCustomer: customerId(1) });
    expect(say(finding)).not.toBe('found Bo Li at Contoso');
  });
});

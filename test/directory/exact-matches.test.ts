import { describe, expect, it } from '@jest/globals';
import { createDirectory } from '../../src/directory/directory.ts';
import { createHandClock } from '../support/hand-clock.ts';
import { createFakePartner, type FakeCustomer } from './fake-partner.ts';
import { ask, contoso, customerId, guid, person, say } from './people.ts';

function directoryOf(...names: string[]) {
  const users = names.map((name, at) => person(100 + at, name));
  const { partner, calls } = createFakePartner([contoso(...users)]);
  return { calls, directory: createDirectory({ partner, clock: createHandClock() }) };
}

describe('exactly one person', () => {
  const { directory } = directoryOf(
    'Adele Vance',
    'Siobhán O’Reilly',
    'Bo Li',
    'Jürgen Müller-Lüdenscheidt',
    'Mike\u202Egnp Rev',
  );

  it.each([
    'Adele Vance',
    'adele  vance',
    'Vance Adele',
    'VANCE, Adele',
    'adele.vance',
    'Adele.Vance@Contoso.Example',
    guid(100),
  ])('is found by %s', async (typed) => {
    expect(say(await ask(directory, typed, 'contoso'))).toBe('found Adele Vance at Contoso');
  });

  it('is found where accents, curly quotes and invisible characters are left out and nobody else is near', async () => {
    expect(say(await ask(directory, "Siobhan O'Reilly", 'contoso.example'))).toBe('found Siobhán O’Reilly at Contoso');
    expect(say(await ask(directory, 'Jurgen Muller-Ludenscheidt', guid(1)))).toContain('found Jürgen');
    expect(say(await ask(directory, 'Mikegnp Rev', 'Contoso'))).toContain('found Mike');
  });

  it.each([
    ['an apostrophe is left out', 'Siobhan OReilly', 'Siobhán'],
    ['accents are spelled out', 'Juergen Mueller-Luedenscheidt', 'Jürgen'],
  ])('is found where %s and nobody else is near', async (_case, typed, name) => {
    expect(say(await ask(directory, typed, 'Contoso'))).toContain(`found ${name}`);
  });

  it.each([
    ['Adele Vanc', 'Adele Vance'],
    ['Adele Vancee', 'Adele Vance'],
    ['Adlee Vance', 'Adele Vance'],
    ['AdeleVance', 'Adele Vance'],
    ['Ade le Vance', 'Adele Vance'],
    ['Adele', 'Adele Vance'],
    ['A Vance', 'Adele Vance'],
    ['av', 'Adele Vance'],
    ['van', 'Adele Vance'],
    ['dele', 'Adele Vance'],
    ['adele.vanc@contoso.example', 'Adele Vance'],
    ['Juergen Mueller Luedenscheidt', 'Jürgen Müller-Lüdenscheidt'],
  ])('is never taken for %s, only offered', async (typed, name) => {
    const finding = await ask(directory, typed, 'Contoso');
    expect(say(finding)).toMatch(new RegExp(`^no-user, ${name}`));
  });

  it('is nobody for nonsense, and for nothing', async () => {
    for (const typed of ['xyzzy', '', ' ', '?!', '"', '@', '高橋', 'q'.repeat(1000), 'a '.repeat(500), '\uD800']) {
      expect(say(await ask(directory, typed, 'Contoso'))).toMatch(/^(?:no-user|not-a-reset missing-user)/);
    }
  });
});

describe('somebody with the same name', () => {
  it('is asked about, in every order of typing', async () => {
    const users = [
      person(100, 'Alex Wilber'),
      person(101, 'Alex Wilber', 'alex.wilber2'),
      person(102, 'Wilber Alex', 'wil'),
    ];
    const { partner } = createFakePartner([contoso(...users)]);
    const directory = createDirectory({ partner, clock: createHandClock() });
    for (const typed of ['Alex Wilber', 'wilber alex', 'Wilber, Alex', 'ALEX WILBER']) {
      const finding = await ask(directory, typed, 'Contoso');
      expect(finding.kind === 'which-user' && finding.choices.map(({ user }) => user.id).sort()).toEqual(
        users.slice(0, typed.includes(',') ? 2 : 3).map(({ id }) => id),
      );
    }
    expect(say(await ask(directory, 'alex.wilber@contoso.example', 'Contoso'))).toContain('found');
    expect(say(await ask(directory, guid(101), 'Contoso'))).toContain('found');
  });

  it.each([
    [['Jan Müller', 'Jan Muller'], 'Jan Müller'],
    [['Jan Müller', 'Jan Mueller'], 'Jan Mueller'],
    [['Jan Müller', 'Jan Mueller'], 'Jan Müller'],
    [['Jan Müller', 'Jan Miller'], 'Jan Muller'],
    [['Zoë Åberg', 'Zoe Aberg'], 'Zoe Aberg'],
  ])('counts however the accents are written: %j, typed %s', async (names, typed) => {
    const finding = await ask(directoryOf(...names).directory, typed, 'Contoso');
    expect(finding.kind === 'which-user' && finding.choices).toHaveLength(2);
  });

  it('does not count for an address, which only one can have', async () => {
    const users = [person(100, 'Jan Muller', 'jan.muller'), person(101, 'Jan Müller', 'jan.mueller')];
    const { partner } = createFakePartner([contoso(...users)]);
    const directory = createDirectory({ partner, clock: createHandClock() });
    expect(await ask(directory, 'jan.muller@contoso.example', 'Contoso')).toMatchObject({
      kind: 'found',
      target: { user: { id: guid(100) } },
    });
  });

  it('who calls themselves by the address of another is not found by it, be there such an address or not', async () => {
    const trickster = person(101, 'adele.vance@contoso.example', 'trickster');
    const { partner } = createFakePartner([contoso(person(100, 'Adele Vance'), trickster)]);
    const finding = await ask(createDirectory({ partner, clock: createHandClock() }), 'adele.vance@contoso.example');
    expect(finding).toMatchObject({ kind: 'found', target: { user: { id: guid(100) } } });
    const alone = createFakePartner([contoso(trickster)]).partner;
    const asked = await ask(
      createDirectory({ partner: alone, clock: createHandClock() }),
      'adele.vance@contoso.example',
    );
    expect(asked.kind).toBe('no-user');
  });

  it.each(['Adele Vance,', 'Adele Vance.', 'AdeleVance'])(
    'who differs in signs or spaces alone is asked about: %s',
    async (other) => {
      const { partner } = createFakePartner([contoso(person(100, 'Adele Vance', 'one'), person(101, other, 'other'))]);
      const directory = createDirectory({ partner, clock: createHandClock() });
      expect(say(await ask(directory, 'Adele Vance', 'Contoso'))).toBe(
        'which-user one@contoso.example other@contoso.example',
      );
    },
  );

  it('who looks the same in other letters is asked about', async () => {
    for (const [one, other] of [
      ['Adele Vance', 'Аdele Vance'],
      ['Iris Marn', 'lris Mam'],
      ['Bo Li', 'Во Li'],
      ['Bo Wills', 'Bo Vvills'],
    ] as const) {
      const { partner } = createFakePartner([contoso(person(100, one, 'one'), person(101, other, 'other'))]);
      const directory = createDirectory({ partner, clock: createHandClock() });
      expect(say(await ask(directory, one, 'Contoso'))).toBe('which-user one@contoso.example other@contoso.example');
      expect(say(await ask(directory, other, 'Contoso'))).toBe('which-user other@contoso.example one@contoso.example');
      expect(say(await ask(directory, 'one@contoso.example'))).toBe(`found ${one} at Contoso`);
    }
  });

  it('is there as often as there are such people; of those who are near, six and how many more', async () => {
    const users = Array.from({ length: 9 }, (_, at) => person(100 + at, 'Sam Smith', `sam${at}`));
    const { partner } = createFakePartner([contoso(...users, person(200, 'Sam Smythe'))]);
    const directory = createDirectory({ partner, clock: createHandClock() });
    const finding = await ask(directory, 'sam smith', 'contoso');
    expect(finding.kind === 'which-user' && finding.choices).toHaveLength(9);
    const half = await ask(directory, 'smith', 'contoso');
    expect(half).toMatchObject({ kind: 'no-user', more: 3 });
    expect(half.kind === 'no-user' && half.near).toHaveLength(6);
    expect(await ask(directory, 'sam smyth', 'contoso')).toMatchObject({ kind: 'no-user', more: 4 });
  });
});

describe('customers', () => {
  const twins = [
    { id: guid(1), name: 'Northwind Traders', domain: 'northwind.example', users: [person(100, 'Isaiah Langer')] },
    { id: guid(2), name: 'Northwind Traders', domain: 'northwind-eu.example', users: [person(101, 'Grady Archie')] },
    { id: guid(3), name: 'Café Zürich & Söhne GmbH', domain: 'zuerich.onmicrosoft.com', users: [person(102, 'Bo Li')] },
  ];
  const { partner, calls } = createFakePartner(twins);
  const directory = createDirectory({ partner, clock: createHandClock() });

  it('with the same name are asked about, even where only one has such a user', async () => {
    for (const typed of ['Northwind Traders', 'northwind traders', 'NORTHWIND  TRADERS']) {
      expect(say(await ask(directory, 'Isaiah Langer', typed))).toBe(
        'which-customer northwind.example northwind-eu.example',
      );
    }
    expect(say(await ask(directory, 'Grady Archie', 'northwind-eu.example'))).toContain('found');
    expect(say(await ask(directory, 'Grady Archie', guid(2).toUpperCase()))).toContain('found');
  });

  it.each([
    ['Nortwind Traders', 'Northwind Traders'],
    ['northwindtraders', 'Northwind Traders'],
    ['Cafe Zuerich', 'Café Zürich'],
    ['zurich', 'Café Zürich'],
    ['zuerich.onmicrosoft.cm', 'Café Zürich'],
  ])('that are nearly named are offered: %s', async (typed, name) => {
    expect(say(await ask(directory, 'Bo Li', typed))).toMatch(new RegExp(`^no-customer, ${name}`));
  });

  it.each([
    ['Fabrikam Inc', 'Fabrikam, Inc.'],
    ['fabrikam  inc.', 'Fabrikam, Inc.'],
    ['contoso gmbh co kg', 'Contoso GmbH & Co. KG'],
    ['CONTOSO GMBH & CO KG', 'Contoso GmbH & Co. KG'],
    ['Reillys Bikes', "Reilly's Bikes"],
    ['Cafe Zurich Sohne GmbH', 'Café Zürich & Söhne GmbH'],
    ['Cafe Zurich and Sohne', 'Café Zürich & Söhne GmbH'],
    ["Reilly's Bikes AB", "Reilly's Bikes"],
    ["The Reilly's Bikes Ltd.", "Reilly's Bikes"],
  ])('typed without their signs are exactly they: %s', async (typed, name) => {
    const names = ['Fabrikam, Inc.', 'Fabrikam, Inc. (UK)', 'Contoso GmbH & Co. KG', 'Contoso', "Reilly's Bikes"];
    const customers = [...names, 'Café Zürich & Söhne GmbH'].map((called, at) => ({
      id: guid(10 + at),
      name: called,
      domain: `c${at}.example`,
      users: [person(500 + at, 'Bo Li')],
    }));
    const others = createDirectory({ partner: createFakePartner(customers).partner, clock: createHandClock() });
    expect(say(await ask(others, 'Bo Li', typed))).toBe(`found Bo Li at ${name}`);
  });

  it.each([
    [['Fabrikam, Inc.', 'Fabrikam Inc'], 'Fabrikam, Inc.'],
    [['Fabrikam, Inc.', 'Fabrikam Inc'], 'fabrikam inc'],
    [['Fabrikam, Inc.', 'Fabrikam, Ing.'], 'Fabrikam Inc'],
    [['A.B. Motors', 'AB Motors'], 'AB. Motors'],
  ])('that differ in a sign or a letter only are asked about: %j, typed %s', async (names, typed) => {
    const customers = names.map((name, at) => ({
      id: guid(10 + at),
      name,
      domain: `c${at}.example`,
      users: [person(500 + at, 'Bo Li')],
    }));
    const others = createDirectory({ partner: createFakePartner(customers).partner, clock: createHandClock() });
    expect(say(await ask(others, 'Bo Li', typed))).toMatch(/^which-customer c\d.example c\d.example$/);
  });

  it.each([
    ['a letter of another alphabet', ['Adatum', 'Аdatum'], 'Adatum'],
    ['two letters that look like one', ['Adatum Ltd', 'Adaturn'], 'adatum'],
    ['a digit', ['Contoso', 'C0ntoso GmbH'], 'Contoso'],
    ['a capital letter', ['Illico', 'lllico'], 'Illico'],
    ['two letters for one', ['Tailwind', 'Tailvvind'], 'tailwind'],
    ['no space', ['Wingtip Toys', 'WingtipToys'], 'Wingtip Toys'],
  ])('that look the same are asked about, whether or not both have such a user: %s', async (_case, names, typed) => {
    const customers = names.map((name, at) => ({
      id: guid(10 + at),
      name,
      domain: `c${at}.example`,
      users: at === 0 ? [person(500, 'Bo Li')] : [],
    }));
    const others = createDirectory({ partner: createFakePartner(customers).partner, clock: createHandClock() });
    expect(say(await ask(others, 'Bo Li', typed))).toBe('which-customer c0.example c1.example');
    expect(say(await ask(others, 'Bo Li', 'c0.example'))).toContain('found Bo Li');
    expect(say(await ask(others, 'Bo Li', guid(10)))).toContain('found Bo Li');
  });

  it('are asked about where a part of a domain is typed that looks like the name of another customer', async () => {
    const customers = [
      { id: guid(10), name: 'Other', domain: 'adatum.example', users: [person(500, 'Bo Li')] },
      { id: guid(11), name: 'Аdatum', domain: 'c1.example', users: [] },
    ];
    const others = createDirectory({ partner: createFakePartner(customers).partner, clock: createHandClock() });
    expect(say(await ask(others, 'Bo Li', 'Adatum'))).toBe('which-customer adatum.example c1.example');
    expect(say(await ask(others, 'Bo Li', 'adatum.example'))).toContain('found Bo Li');
  });

  it('are asked about where a person looks like the first and last name of another, who is shown otherwise', async () => {
    const shown = { ...person(500, 'Adele Vance'), displayName: 'Adele Vance (Sales)' };
    const users = [shown, person(501, 'Аdele Vance')];
    const one = { id: guid(10), name: 'Adatum', domain: 'adatum.example', users };
    const others = createDirectory({ partner: createFakePartner([one]).partner, clock: createHandClock() });
    expect(await ask(others, 'Adele Vance', 'Adatum')).toMatchObject({
      kind: 'which-user',
      choices: [{ user: { id: guid(500) } }, { user: { id: guid(501) } }],
    });
  });

  it('that are called like the domain of another are not found by it', async () => {
    const owner = { id: guid(10), name: 'Proseware', domain: 'proseware.com', users: [person(500, 'Bo Li')] };
    const impostor = { id: guid(11), name: 'proseware.com', domain: 'evil.example', users: [person(501, 'Bo Li')] };
    const find = (customers: FakeCustomer[], typed: string) =>
      ask(createDirectory({ partner: createFakePartner(customers).partner, clock: createHandClock() }), 'Bo Li', typed);
    for (const typed of ['proseware.com', 'PROSEWARE.COM']) {
      expect(say(await find([impostor, owner], typed))).toBe('found Bo Li at Proseware');
      expect(say(await find([impostor], typed))).toBe('no-customer, proseware.com');
    }
  });

  it('left out are taken from the address, else from what the chat was about, and marked', async () => {
    const byAddress = await ask(directory, 'isaiah.langer@northwind.example');
    expect(byAddress).toMatchObject({ kind: 'no-user', customer: { id: guid(1) } });
    expect(say(await ask(directory, 'Bo Li'))).toBe('customer-missing');
    const inferred = await ask(directory, 'Bo Li', undefined, { inferredCustomer: customerId(3) });
    expect(inferred).toMatchObject({
      kind: 'found',
      customerInferred: 'context',
      target: { customer: { id: guid(3) } },
    });
    const named = await ask(directory, 'Bo Li', guid(3), { inferredCustomer: customerId(1) });
    expect(named).toMatchObject({ kind: 'found', customerInferred: false });
    expect(say(await ask(directory, 'Bo Li', undefined, { inferredCustomer: customerId(9) }))).toBe('customer-missing');
  });

  it('are read once by id, for that address is throttled', async () => {
    const cold = createDirectory({ partner, clock: createHandClock() });
    calls.length = 0;
    await ask(cold, guid(102), guid(3));
    await ask(cold, guid(102), guid(3));
    expect(calls).toEqual([`customer ${guid(3)}`, `user ${guid(102)}`, `user ${guid(102)}`]);
    expect(say(await ask(cold, guid(102), guid(9)))).toBe('no-customer');
  });
});

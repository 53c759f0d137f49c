import { describe, expect, it } from '@jest/globals';
import { asId, type CustomerId } from '../../src/base/ids.ts';
import { createDirectory } from '../../src/directory/directory.ts';
import type { Finding } from '../../src/reset/ports/partner-center.ts';
import { createPretendData } from '../../src/sandbox/data/pretend-data.ts';
import type { PretendUser } from '../../src/sandbox/partner-center/index.ts';
import { createHandClock } from '../support/hand-clock.ts';
import { createSeededRandomInt } from '../support/seeded-random-int.ts';
import { templates } from '../understanding/templates.ts';
import { createFakePartner, type FakeCustomer, type FakeUser } from './fake-partner.ts';
import { mistype } from './mistype.ts';
import { findBy, guid, person } from './people.ts';

/** `TYPOS=10000` tries as many. */
const count = Number(process.env['TYPOS'] ?? 3000);
const draw = createSeededRandomInt(20_260_401);

/** A template that names no customer with its own words, as somebody types who hurries. */
const terse: readonly ((user: string, customer: string) => string)[] = [
  ...templates,
  (user, customer) => `pw reset ${user} ${customer}`,
  (user, customer) => `reset ${user} ${customer} password`,
  (user, customer) => `reset password for ${user}, ${customer}`,
  (user, customer) => `reset password for ${user} (${customer})`,
  (user, customer) => `${customer}: reset password for ${user}`,
  (user, customer) => `reset password for ${user}\n${customer}`,
  (user, customer) => `reset password for ${user}. Customer is ${customer}`,
  (user, customer) => `reset pw for ${user} at ${customer} ticket INC12345`,
];

const names = ['Adele Vance', 'Bo Li', 'Jan Müller', 'Vance', "Siobhán O'Reilly", 'Mary Sue Lee', 'Contoso Admin'];
/** Customers whose names are near to each other, hold each other, or are people's; everybody works at each of them. */
const awkward = [
  'Contoso',
  'Contoso, Inc.',
  'Contoso Inc Europe',
  'Contosa',
  'Contoso 12',
  'Contoso 13',
  'Vance',
  'Vanse & Co. KG',
  'Lee',
  'Sue Lee',
  'Liu',
  'A.B. Motors',
  'AB Motors',
  'Bo',
  'Sea',
  'Lake at Sea',
  'Sea and Lake',
  'Thanks Ltd',
  'Cee',
].map((name, at): FakeCustomer => {
  const domain = `customer-${at}.example`;
  const users = names.map((user, number) => {
    const { displayName, firstName, lastName } = person(0, user);
    const id = guid(10_000 + at * 100 + number);
    return { id, displayName, firstName, lastName, userPrincipalName: `user${number}@${domain}` };
  });
  return { id: guid(900 + at), name, domain, users };
});

const data = createPretendData(1, 0);
const pretend = data.customers
  .filter(({ userCount }) => userCount < 1000)
  .slice(0, 40)
  .map(({ id, name, domain, userCount }): FakeCustomer => ({
    id,
    name,
    domain,
    users: (data.users(id)?.slice('active', undefined, 0, userCount) ?? []).map(asListed),
  }));

/** What a list says of somebody of the sandbox. */
function asListed({ id, displayName, firstName, lastName, userPrincipalName }: PretendUser): FakeUser {
  return { id, displayName, firstName: firstName ?? '', lastName: lastName ?? '', userPrincipalName };
}

type Meant = { readonly customer: FakeCustomer; readonly user: FakeUser };

function pick<Item>(items: readonly Item[]): Item {
  const item = items[draw(items.length)];
  if (item === undefined) throw new Error('there is nothing to pick');
  return item;
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Whether what was typed of a user and a customer is the very name or address of who was found, where they were found. */
function isNamed({ target: { customer, user } }: Extract<Finding, { kind: 'found' }>, typed: string): boolean {
  const [first = '', ...rest] = user.displayName.split(' ');
  const users = [user.displayName, user.userPrincipalName, `${rest.join(' ')} ${first}`];
  return users.some((name) =>
    [customer.name, customer.domain].some((place) => plain(`${name} ${place}`) === plain(typed)),
  );
}

function tryOut(customers: readonly FakeCustomer[], context: (meant: FakeCustomer) => string | undefined) {
  const { partner } = createFakePartner([...customers], 500);
  const directory = createDirectory({ partner, clock: createHandClock() });
  const kinds = new Map<string, number>();
  const wrong: string[] = [];

  return async (
    what: 'nothing' | 'user' | 'customer' | 'both',
  ): Promise<{ kinds: typeof kinds; wrong: typeof wrong }> => {
    const customer = pick(customers);
    const meant: Meant = { customer, user: pick(customer.users) };
    const called = draw(6) === 0 ? (meant.user.userPrincipalName ?? '') : (meant.user.displayName ?? '');
    const place = draw(6) === 0 ? customer.domain : customer.name;
    const user = what === 'user' || what === 'both' ? mistype(called, draw) : called;
    const at = what === 'customer' || what === 'both' ? mistype(place, draw) : place;
    const sentence = pick(terse)(user, at);
    const inferred = context(customer);
    const inferredCustomer = inferred === undefined ? undefined : asId<CustomerId>(inferred);
    const finding = await findBy(directory, sentence, { inferredCustomer });
    kinds.set(finding.kind, (kinds.get(finding.kind) ?? 0) + 1);
    if (finding.kind !== 'found') return { kinds, wrong };
    const { target, customerInferred } = finding;
    const isMeant = target.user.id === meant.user.id && target.customer.id === customer.id;
    if (customerInferred === 'context' || (!isMeant && !isNamed(finding, `${user} ${at}`))) {
      wrong.push(
        `${JSON.stringify(sentence)} for ${called} at ${place} found ${target.user.displayName} at ${target.customer.name} (${customerInferred})`,
      );
    }
    return { kinds, wrong };
  };
}

async function repeat(rounds: number, once: ReturnType<typeof tryOut>) {
  let seen = await once('nothing');
  for (let round = 1; round < rounds; round += 1) {
    seen = await once(pick(['user', 'customer', 'both']));
  }
  return seen;
}

describe('a whole sentence with one letter wrong in the user, in the customer, or in both', () => {
  it('never finds a different person among the people of the sandbox, and offers choices instead', async () => {
    const { wrong, kinds } = await repeat(
      Math.ceil(count / 3),
      tryOut(pretend, () => undefined),
    );
    expect(wrong).toEqual([]);
    expect(kinds.get('found') ?? 0).toBeGreaterThan(count / 200);
  });

  it('never ends at the customer of the last reset, because a customer was typed', async () => {
    const { wrong } = await repeat(
      Math.ceil(count / 3),
      tryOut(pretend, () => pick(pretend).id),
    );
    expect(wrong).toEqual([]);
  });

  it('never ends at another customer where everybody of that name works, whose name is near', async () => {
    const { wrong } = await repeat(
      Math.ceil(count / 3),
      tryOut(awkward, (meant) => pick(awkward.filter(({ id }) => id !== meant.id)).id),
    );
    expect(wrong).toEqual([]);
  });
});

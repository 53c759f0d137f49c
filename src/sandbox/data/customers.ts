import { awkwardCompanyNames, companyTrades, companyWords, slugify } from './names.ts';
import { createSeededRandom, mixSeed } from './seeded-random.ts';

/** A customer of the pretend partner. */
export type PretendCustomer = {
  /** Customer id and tenant id: Partner Center has one for both. */
  readonly id: string;
  readonly name: string;
  /** The default domain; two customers may have the same name, never the same domain. */
  readonly domain: string;
  /** A second domain whose passwords live with another identity provider. */
  readonly federatedDomain: string | undefined;
  readonly country: string;
  /** All users, the deleted ones too. */
  readonly userCount: number;
  /** Whether many of its users come from a local directory. */
  readonly isHybrid: boolean;
  /** Users written by hand; they are the first ones. */
  readonly knownUsers: readonly KnownUser[];
  /** What its users are made from. */
  readonly seed: number;
};

/** What kind of account a pretend user has. */
export type UserKind = 'ordinary' | 'administrator' | 'reader' | 'synchronised' | 'federated' | 'guest' | 'deleted';

/** A user written by hand, for the documentation and for tests. */
type KnownUser = {
  readonly firstName: string;
  readonly lastName: string;
  /** The part of the UPN before the at sign. */
  readonly nickname: string;
  readonly kind: UserKind;
  /** What Partner Center does not show of this user. */
  readonly inEntra?: EntraCase;
};

/**
 * What only Microsoft Entra knows of a user: sign-in is blocked, a role comes by a group or can be activated (by a group too), the user is
 * under restricted management, or the password was changed a moment ago.
 */
export type EntraCase = 'blocked' | 'role-by-group' | 'eligible' | 'eligible-by-group' | 'restricted' | 'just-changed';

/** A customer written by hand. */
type KnownCustomer = {
  readonly name: string;
  readonly domain: string;
  readonly federatedDomain?: string;
  readonly userCount: number;
  readonly users: readonly KnownUser[];
};

/**
 * Customers to show and to test with: one with a user of each kind, two that share a name, one with 100,000 users. No
 * other customer has one of these names, and no made-up user has one of these people's.
 */
const knownCustomers: readonly KnownCustomer[] = [
  {
    name: 'Contoso Bikes',
    domain: 'contosobikes.onmicrosoft.com',
    federatedDomain: 'contosobikes.example',
    userCount: 140,
    users: [
      { firstName: 'Adele', lastName: 'Vance', nickname: 'adele.vance', kind: 'ordinary' },
      { firstName: 'Megan', lastName: 'Bowen', nickname: 'megan.bowen', kind: 'administrator' },
      { firstName: 'Diego', lastName: 'Siciliani', nickname: 'diego.siciliani', kind: 'synchronised' },
      { firstName: 'Johanna', lastName: 'Lorenz', nickname: 'johanna.lorenz', kind: 'federated' },
      { firstName: 'Lee', lastName: 'Gu', nickname: 'lee.gu_fabrikam.example#EXT#', kind: 'guest' },
      { firstName: 'Alex', lastName: 'Wilber', nickname: 'alex.wilber', kind: 'ordinary' },
      { firstName: 'Alex', lastName: 'Wilber', nickname: 'alex.wilber2', kind: 'ordinary' },
      { firstName: 'Lynne', lastName: 'Robbins', nickname: 'lynne.robbins', kind: 'deleted' },
      {
        firstName: 'Enrico',
        lastName: 'Cattaneo',
        nickname: 'enrico.cattaneo',
        kind: 'ordinary',
        inEntra: 'blocked',
      },
      {
        firstName: 'Lidia',
        lastName: 'Holloway',
        nickname: 'lidia.holloway',
        kind: 'ordinary',
        inEntra: 'role-by-group',
      },
      { firstName: 'Pradeep', lastName: 'Gupta', nickname: 'pradeep.gupta', kind: 'ordinary', inEntra: 'eligible' },
      {
        firstName: 'Henrietta',
        lastName: 'Mueller',
        nickname: 'henrietta.mueller',
        kind: 'ordinary',
        inEntra: 'restricted',
      },
      {
        firstName: 'Miriam',
        lastName: 'Graham',
        nickname: 'miriam.graham',
        kind: 'ordinary',
        inEntra: 'just-changed',
      },
      {
        firstName: 'Irvin',
        lastName: 'Sayers',
        nickname: 'irvin.sayers',
        kind: 'ordinary',
        inEntra: 'eligible-by-group',
      },
    ],
  },
  {
    name: 'Northwind Traders',
    domain: 'northwindtraders.onmicrosoft.com',
    userCount: 60,
    users: [{ firstName: 'Isaiah', lastName: 'Langer', nickname: 'isaiah.langer', kind: 'ordinary' }],
  },
  {
    name: 'Northwind Traders',
    domain: 'northwindtraders-eu.onmicrosoft.com',
    userCount: 85,
    users: [{ firstName: 'Grady', lastName: 'Archie', nickname: 'grady.archie', kind: 'ordinary' }],
  },
  {
    name: 'Wide World Importers',
    domain: 'wideworldimporters.onmicrosoft.com',
    federatedDomain: 'wideworldimporters.example',
    userCount: 100_000,
    users: [{ firstName: 'Nestor', lastName: 'Wilke', nickname: 'nestor.wilke', kind: 'ordinary' }],
  },
];

/** A sentence to type that finds exactly one ordinary user in the pretend data. */
export const exampleSentence = 'reset password for Adele Vance at Contoso Bikes';

const customerCount = 200;

const countries = ['US', 'DE', 'GB', 'FR', 'NL', 'CH', 'SE', 'PL', 'IL', 'JP'];

/** The 200 customers of a seed: those written by hand, those with awkward names, then made-up ones; their users come later. */
export function makeCustomers(seed: number): readonly PretendCustomer[] {
  return Array.from({ length: customerCount }, (_, index) => makeCustomer(seed, index));
}

function makeCustomer(seed: number, index: number): PretendCustomer {
  const customerSeed = mixSeed(seed, 'customer', index);
  const draws = createSeededRandom(customerSeed);
  const known = knownCustomers[index] ?? inventCustomer(seed, index, draws.integer(1981), draws.onceIn(5));
  return {
    id: draws.guid(),
    name: known.name,
    domain: known.domain,
    federatedDomain: known.federatedDomain,
    country: draws.pick(countries),
    userCount: known.userCount,
    isHybrid: draws.onceIn(3),
    knownUsers: known.users,
    seed: customerSeed,
  };
}

function inventCustomer(seed: number, index: number, more: number, isFederated: boolean): KnownCustomer {
  const name = awkwardCompanyNames[index - knownCustomers.length] ?? inventName(seed, index);
  const slug = slugify(name) || 'customer';
  const isAwkward = index - knownCustomers.length < awkwardCompanyNames.length;
  const suffix = isAwkward ? String(index) : '';
  return {
    name,
    domain: `${slug}${suffix}.${index % 10 === 9 ? 'example' : 'onmicrosoft.com'}`,
    ...(isFederated ? { federatedDomain: `${slug}${suffix}-login.example` } : {}),
    userCount: 20 + more,
    users: [],
  };
}

/** Walks through all pairs of a word and a trade, so no name comes twice. */
function inventName(seed: number, index: number): string {
  const pairs = companyWords.length * companyTrades.length;
  const pair = (index * 7 + mixSeed(seed, 'company names')) % pairs;
  const word = companyWords[pair % companyWords.length] ?? '';
  const trade = companyTrades[Math.floor(pair / companyWords.length)] ?? '';
  return `${word} ${trade}`;
}

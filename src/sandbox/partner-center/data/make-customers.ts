import { awkwardCompanyNames } from './awkward-company-names.ts';
import { companyTrades } from './company-trades.ts';
import { companyWords } from './company-words.ts';
import { createDraws } from './create-draws.ts';
import { knownCustomers, type KnownCustomer } from './known-customers.ts';
import { mix } from './mix.ts';
import type { PretendCustomer } from './pretend-customer.ts';
import { slugOf } from './slug-of.ts';

const customerCount = 200;
const countries = ['US', 'DE', 'GB', 'FR', 'NL', 'CH', 'SE', 'PL', 'IL', 'JP'];

/** The 200 customers of a seed: those written by hand, those with awkward names, then made-up ones; their users come later. */
export function makeCustomers(seed: number): readonly PretendCustomer[] {
  return Array.from({ length: customerCount }, (_, index) => makeCustomer(seed, index));
}

function makeCustomer(seed: number, index: number): PretendCustomer {
  const customerSeed = mix(seed, 'customer', index);
  const draws = createDraws(customerSeed);
  const known = knownCustomers[index] ?? makeUp(seed, index, draws.integer(1981), draws.onceIn(5));
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

function makeUp(seed: number, index: number, more: number, isFederated: boolean): KnownCustomer {
  const name = awkwardCompanyNames[index - knownCustomers.length] ?? makeUpName(seed, index);
  const slug = slugOf(name) || 'customer';
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
function makeUpName(seed: number, index: number): string {
  const pairs = companyWords.length * companyTrades.length;
  const pair = (index * 7 + mix(seed, 'company names')) % pairs;
  const word = companyWords[pair % companyWords.length] ?? '';
  const trade = companyTrades[Math.floor(pair / companyWords.length)] ?? '';
  return `${word} ${trade}`;
}

import { readDomain } from './domains.ts';
import { companyNames, domainLabel } from './names/company-name.ts';
import type { Customer } from '../reset/index.ts';
import { createNameIndex, type NameIndex } from './names/create-name-index.ts';

/** An empty index of customers: by name and default domain; `domainsOf`: what other domains of theirs are known. */
export function createCustomerIndex(domainsOf: (customer: Customer) => readonly string[]): NameIndex<Customer> {
  return createNameIndex<Customer>({
    idOf: ({ id }) => id,
    titleOf: ({ name }) => name,
    namesOf: (customer) => {
      const domains = [customer.domain, ...domainsOf(customer)];
      return [...companyNames(customer.name), ...domains, ...domains.map(domainLabel)];
    },
    variantsOf: () => [],
    ownNamesOf: (customer) => [customer.domain, ...domainsOf(customer)],
    looksOf: ({ name }) => companyNames(name),
    readOwnName: readDomain,
    ignoresSigns: true,
    partOf: (text) => (/\s/.test(text) ? text : text.replace(/(?:\.onmicrosoft)?\.[a-z]{2,}$/i, '')),
  });
}

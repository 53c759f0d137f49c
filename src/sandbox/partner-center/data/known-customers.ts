import type { KnownUser } from './known-user.ts';

/** A customer written by hand. */
export type KnownCustomer = {
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
export const knownCustomers: readonly KnownCustomer[] = [
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

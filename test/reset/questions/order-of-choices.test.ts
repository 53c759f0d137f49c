import { expect, it } from '@jest/globals';
import { asId, type CustomerId } from '../../../src/base/ids.ts';
import { readChoices } from '../../../src/reset/questions/new-question.ts';
import { target } from '../../support/reset-world.ts';

const customers = [
  { ...target.customer, name: 'Northwind Traders', domain: 'northwind.example' },
  {
    id: asId<CustomerId>('c5000000-0000-4000-8000-000000000002'),
    name: 'northwind traders',
    domain: 'northwind-eu.example',
  },
  { id: asId<CustomerId>('c5000000-0000-4000-8000-000000000003'), name: 'Northwind', domain: 'zeta.example' },
];

it.each([
  ['as they are', customers],
  ['the other way round', customers.toReversed()],
])('customers of one name stand in one order, found %s', (_, choices) => {
  const read = readChoices({ kind: 'which-customer', typed: 'Northwind', people: ['Ann Lee'], choices }, () => 'key');
  const domains = read?.choices.map((choice) => (choice.kind === 'customer' ? choice.customer.domain : ''));
  expect(domains).toEqual(['zeta.example', 'northwind-eu.example', 'northwind.example']);
});

function personOf(displayName: string, userPrincipalName: string) {
  return { ...target, user: { ...target.user, displayName, userPrincipalName } };
}
const people = [
  personOf('Ann Lee', 'ann.lee2@northwind.example'),
  personOf('Ann Lee', 'ann.lee@northwind.example'),
  personOf('Zoe Lee', 'zoe.lee@northwind.example'),
];

it.each([
  ['as they are', people, ['ann.lee', 'ann.lee2', 'zoe.lee']],
  ['the other way round', people.toReversed(), ['zoe.lee', 'ann.lee', 'ann.lee2']],
])('people of one name stand in one order, found %s', (_, choices, expected) => {
  const read = readChoices({ kind: 'which-user', typed: 'Lee', choices, customerInferred: false }, () => 'key');
  const found = read?.choices.map((choice) =>
    choice.kind === 'user' ? choice.target.user.userPrincipalName.split('@')[0] : '',
  );
  expect(found).toEqual(expected);
});

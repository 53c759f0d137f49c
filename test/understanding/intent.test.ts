import { describe, expect, it } from '@jest/globals';
import { createWorld, readTable } from './tables.ts';

const rows = readTable('intent.tsv').map(([typed = '', user = '', customer = '']) => ({ typed, user, customer }));
const { find } = createWorld([
  { name: 'Contoso Bikes', domain: 'contosobikes.example', users: ['Adele Vance', 'Megan Bowen', 'Lee Gu'] },
  { name: 'Linden Legal', domain: 'lindenlegal.example', users: ['Naomi Conti', 'Naomi Cruz'] },
  {
    name: 'Amber Logistics',
    domain: 'amberlogistics.example',
    users: ['Edith Ramos', 'Edith Quist', 'Leon Mbeki', 'Leon Martins'],
  },
  { name: 'Raven Legal', domain: 'ravenlegal.example', users: ['Carlos Borg', 'Carlos Berg'] },
  { name: 'Heron Legal', domain: 'heronlegal.example', users: ['Ruth Khan'] },
  { name: 'Northwind Traders', domain: 'northwind.example', users: ['Isaiah Langer'] },
]);
const found = Promise.all(
  rows.map(async ({ typed, user, customer }) => ({ typed, user, customer, said: await find(typed) })),
);

describe('what a sentence asks for', () => {
  it('is a reset where somebody needs a password, whatever else is denied or told', async () => {
    const asked = (await found).filter(({ user }) => user !== '-');
    expect(asked.length).toBeGreaterThan(45);
    expect(asked.filter(({ user, customer, said }) => said !== `${user} at ${customer}`)).toEqual([]);
  });

  it('is none where a reset is refused, told of, explained, or where another thing is meant', async () => {
    const others = (await found).filter(({ user }) => user === '-');
    expect(others.length).toBeGreaterThan(120);
    expect(others.filter(({ said }) => said !== '- not-a-reset')).toEqual([]);
  });
});

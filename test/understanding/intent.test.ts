import { describe, expect, it } from '@jest/globals';
import { createWorld, readTable } from './tables.ts';

const rows = readTable('intent.tsv').map(([typed = '', user = '', customer = '']) => ({ typed, user, customer }));
const { find } = createWorld([
  { name: 'Contoso Bikes', domain: 'contosobikes.example', users: ['Adele Vance', 'Megan Bowen', 'Lee Gu'] },
  { name: 'Linden Legal', domain: 'lindenlegal.example', users: ['Naomi Conti', 'Naomi Cruz'] },
  {
    name: 'Amber Logistics',
    domain: 'amberlogistics.onmicrosoft.com',
    users: ['Edith Ramos', 'Edith Quist', 'Leon Mbeki', 'Leon Martins', 'Dara Sato', 'Mila Sato'],
  },
  {
    name: 'Raven Legal',
    domain: 'ravenlegal.onmicrosoft.com',
    users: ['Carlos Borg', 'Carlos Berg', 'Olga Esposito', 'Ida Cruz'],
  },
  { name: 'Heron Legal', domain: 'heronlegal.onmicrosoft.com', users: ['Ruth Khan'] },
  {
    name: 'Cedar Legal',
    domain: 'cedarlegal.onmicrosoft.com',
    users: ['Hana Kaya', 'Karim Varga', 'Ada Ortega', 'Birgit Kaya'],
  },
  {
    name: 'Lantern Insurance',
    domain: 'lanterninsurance.onmicrosoft.com',
    users: ['Enzo Jensen', 'Enzo Cruz', 'Mila Dietrich', 'Thea Mendes'],
  },
  { name: 'Birch Optics', domain: 'birchoptics.onmicrosoft.com', users: ['Rosa Vargas', 'Rosa Tanaka', 'Elif Olsen'] },
  { name: 'Northwind Traders', domain: 'northwind.example', users: ['Isaiah Langer'] },
]);
/** What is said of a sentence that asks for no reset: some are other commands. */
const notResets = new Set(['- not-a-reset', '- cancel', '- history']);
const found = Promise.all(
  rows.map(async ({ typed, user, customer }) => ({ typed, user, customer, said: await find(typed) })),
);

describe('what a sentence asks for', () => {
  it('is a reset where somebody needs a password, whatever else is denied or told', async () => {
    const asked = (await found).filter(({ user }) => user !== '-');
    expect(asked.length).toBeGreaterThan(350);
    expect(asked.filter(({ user, customer, said }) => said !== `${user} at ${customer}`)).toEqual([]);
  });

  it('is none where a reset is refused, told of, explained, or where another thing is meant', async () => {
    const others = (await found).filter(({ user }) => user === '-');
    expect(others.length).toBeGreaterThan(370);
    expect(others.filter(({ said }) => !notResets.has(said))).toEqual([]);
  });
});

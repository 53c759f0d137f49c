import { describe, expect, it } from '@jest/globals';
import { cast } from './cast.ts';
import { createWorld, readTable } from './tables.ts';

const chatCustomer = 'Contoso';
const phrases = readTable('phrases.hostile.tsv').map(([typed = '', user = '', customer = '']) => {
  return { typed, meant: user === '-' ? undefined : `${user} at ${customer}` };
});
const { find } = createWorld(
  cast.customers.map((name) => ({ name, domain: `${name.toLowerCase()}.com`, users: cast.users })),
);
const found = Promise.all(phrases.map(async (phrase) => ({ ...phrase, said: await find(phrase.typed, chatCustomer) })));

describe('a sentence that mentions others', () => {
  it('comes in more than five hundred forms, each there once', () => {
    expect(phrases.length).toBeGreaterThan(500);
    expect(new Set(phrases.map(({ typed }) => typed)).size).toBe(phrases.length);
  });

  it('leads to nobody else than who is meant', async () => {
    const wrong = (await found).filter(({ said, meant }) => !said.startsWith('-') && said !== meant);
    expect(wrong).toEqual([]);
  });

  it('leads straight to who is meant in nearly all of them', async () => {
    const named = (await found).filter(({ meant }) => meant !== undefined);
    const straight = named.filter(({ said, meant }) => said === meant);
    expect(named.length).toBe(331);
    expect(straight.length).toBeGreaterThanOrEqual(294);
  });
});

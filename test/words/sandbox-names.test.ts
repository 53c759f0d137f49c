import { describe, expect, it } from '@jest/globals';
import { createPretendData } from '../../src/sandbox/partner-center/data/pretend-data.ts';
import { cleanText } from '../../src/words/clean-text.ts';
import { parseCommand } from '../../src/words/parse-command.ts';
import { templates } from './templates.ts';

const data = createPretendData(1, 0);
const customers = distinct(data.customers.flatMap(({ name, domain, id }) => [name, domain, id]));
const everyone = data.customers
  .slice(0, 18)
  .flatMap(({ id }) => data.users(id)?.slice('active', undefined, 0, 400) ?? []);
const plain = everyone.slice(0, 3).map(({ displayName }) => displayName);
const users = distinct([
  ...everyone.map(({ displayName }) => displayName).filter((name) => !/^\p{L}+ \p{L}+$/u.test(name)),
  ...everyone.slice(0, 200).flatMap(({ displayName, userPrincipalName, id }) => [displayName, userPrincipalName, id]),
]);

/** `NAMES=1` tries every name, otherwise one in so many. */
const step = Number(process.env['NAMES'] ?? 6);

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}

function sample(names: readonly string[]): readonly string[] {
  return names.filter((_, at) => at % step === 0);
}

/** As Teams hands over what was typed. */
function send(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function comesBack(typed: string, user: string, customer: string): boolean {
  const command = parseCommand(cleanText(send(typed), []));
  const [cleanUser, cleanCustomer] = [cleanText(send(user), []), cleanText(send(customer), [])];
  return (
    command.kind === 'reset-password' &&
    command.readings.some((reading) => reading.user === cleanUser && reading.customer === cleanCustomer)
  );
}

function findLost(someUsers: readonly string[], someCustomers: readonly string[]): readonly string[] {
  return templates.flatMap((template) =>
    someUsers.flatMap((user) =>
      someCustomers
        .map((customer) => ({ customer, typed: template(user, customer) }))
        .filter(({ typed, customer }) => !comesBack(typed, user, customer))
        .map(({ typed }) => typed),
    ),
  );
}

describe('a name of the sandbox in a sentence', () => {
  it('comes back whole, whoever it is', () => {
    expect(users.length).toBeGreaterThan(500);
    expect(findLost(sample(users), customers.slice(0, 3))).toEqual([]);
  });

  it('comes back whole, whichever customer it is', () => {
    expect(customers.length).toBeGreaterThan(500);
    expect(findLost(plain, sample(customers))).toEqual([]);
  });
});

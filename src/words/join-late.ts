import type { Reading } from './command.ts';
import { wordsIn } from './words-in.ts';

const mostPeople = 3;

/** Puts the readings first that have the customer of a further clause; a name that holds the person too is none. */
export function joinLate(readings: readonly Reading[], customers: readonly string[]): readonly Reading[] {
  const people = readings.filter(({ customer }) => customer === undefined).slice(0, mostPeople);
  const joined = people.flatMap(({ user }) => {
    const own = new Set(wordsIn(user));
    return customers
      .filter((customer) => !wordsIn(customer).some((word) => own.has(word)))
      .map((customer) => ({ user, customer }));
  });
  return [...joined, ...readings];
}

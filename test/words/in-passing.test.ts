import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseCommand } from '../../src/words/parse-command.ts';

const word = fc.stringMatching(/^[A-Z][a-z]{3,9}ax$/);
const name = fc.tuple(word, word).map((words) => words.join(' '));
const address = fc.tuple(word, word).map(([local, domain]) => `${local}@${domain}.example`.toLowerCase());
const suffixes: readonly ((passing: string) => string)[] = [
  (passing) => ` requested by ${passing}`,
  (passing) => `, approved by ${passing}`,
  (passing) => ` as per ${passing}`,
  (passing) => ` cc ${passing}`,
  (passing) => `, reply to ${passing}`,
  (passing) => ` and send it to ${passing}`,
  (passing) => `. Ticket from ${passing}`,
  (passing) => ` on behalf of ${passing}`,
  (passing) => `, let ${passing} know`,
  (passing) => `. Thanks, ${passing}`,
  (passing) => ` regards ${passing}, Helpdesk`,
  (passing) => `, ${passing} asked for it`,
  (passing) => ` - ${passing} called`,
  (passing) => `, not ${passing}`,
  (passing) => `, actually ${passing}`,
  (passing) => ` (${passing})`,
  (passing) => `, ${passing}`,
  (passing) => ` sorry ${passing}`,
];

/** The users that a sentence may lead to, where no other customer is than this one. */
function usersOf(typed: string, customer: string): readonly string[] {
  const command = parseCommand(typed);
  return command.kind === 'reset-password'
    ? command.readings
        .filter((reading) => reading.customer === undefined || reading.customer === customer)
        .map(({ user }) => user)
    : [];
}

/** Two people none of whose names is in the other's name or address. */
function areApart(one: string, other: string): boolean {
  const words = one.toLowerCase().split(' ');
  return !words.some((part) => other.toLowerCase().includes(part));
}

describe('somebody who is mentioned beside the user', () => {
  it.each([
    ['with a customer', (user: string, customer: string) => `reset password for ${user} at ${customer}`],
    ['without one', (user: string) => `reset ${user}'s password`],
    ['in a story', (user: string, customer: string) => `${user} at ${customer} needs a new password`],
  ])('is never the user, %s', (_case, main) => {
    fc.assert(
      fc.property(name, word, fc.oneof(name, address), fc.constantFrom(...suffixes), (user, customer, passing, end) => {
        fc.pre(areApart(user, passing));
        const users = usersOf(main(user, customer) + end(passing), customer);
        expect(users).not.toContain(passing);
      }),
      { numRuns: 300 },
    );
  });

  it('is never the user where somebody else needs the reset', () => {
    const tales: readonly ((caller: string, user: string) => string)[] = [
      (caller, user) => `${caller} needs ${user}'s password reset`,
      (caller, user) => `${caller} called about ${user}, please reset the password`,
      (caller, user) => `${caller} says ${user} is locked out, reset the password`,
      (caller, user) => `${caller} wants a new password for ${user}`,
      (caller, user) => `reset password for ${caller}'s colleague ${user}`,
    ];
    fc.assert(
      fc.property(fc.oneof(name, address), name, fc.constantFrom(...tales), (caller, user, tale) => {
        fc.pre(areApart(user, caller));
        const command = parseCommand(tale(caller, user));
        const taken =
          command.kind === 'reset-password'
            ? command.readings.filter((reading) => reading.user === caller && reading.customer === undefined)
            : [];
        expect(taken).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is no user when the customer follows in another clause, which is read', () => {
    const clauses: readonly ((customer: string) => string)[] = [
      (customer) => `, she is at ${customer}`,
      (customer) => `, he's at ${customer}`,
      (customer) => `. She works for ${customer}.`,
      (customer) => `, the customer is ${customer}`,
      (customer) => `, this is for ${customer}`,
      (customer) => ` - ${customer}`,
    ];
    fc.assert(
      fc.property(name, name, fc.constantFrom(...clauses), (user, customer, clause) => {
        const command = parseCommand(`reset ${user}'s password${clause(customer)}`);
        expect(command.kind === 'reset-password' && command.readings[0]).toEqual({ user, customer });
        const contextual =
          command.kind === 'reset-password'
            ? command.readings.filter((reading) => reading.user === user && reading.customer === undefined)
            : [];
        expect(contextual).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

import { describe, it, expect } from '@jest/globals';
import { parseCommand } from '../../src/words/parse-command.ts';

/** A customer mistyped by one letter, so that it looks like a little word, must stand in a reading all the same. */
const cases: readonly (readonly [sentence: string, customer: string])[] = [
  ['Contoso, In.: reset password for Adele Vance', 'Contoso, In'],
  ['An Lee: reset password for Mary Ann Lee', 'An Lee'],
  ['Let: reset password for Jan Müller', 'Let'],
  ['reset password for Bo Li, i', 'i'],
];

describe('a customer that a typing error makes look like a little word', () => {
  it.each(cases)('is kept: %s', (sentence, customer) => {
    const command = parseCommand(sentence);
    const customers = command.kind === 'reset-password' ? command.readings.map((reading) => reading.customer) : [];
    expect(customers.map((name) => name?.replace(/\.$/, ''))).toContain(customer);
  });
});

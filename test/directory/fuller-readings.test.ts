import { expect, it } from '@jest/globals';
import { fullerReadings } from '../../src/directory/fuller-readings.ts';
import { mayTakeContext } from '../../src/directory/may-take-context.ts';
import { cleanText } from '../../src/words/clean-text.ts';
import { parseCommand } from '../../src/words/parse-command.ts';

const readingsOf = (text: string) => {
  const command = parseCommand(cleanText(text, []));
  return command.kind === 'reset-password' ? command.readings : [];
};

it.each([
  ['reset Jane Doe’s password at Fabrkam', 'Jane Doe'],
  ['reset Max Only’s password at Contoso', 'Max Only'],
  ['Jane Doe needs a password reset at Fabrkam', 'Jane Doe'],
  ['at Fabrkam reset Jane Doe’s password', 'Jane Doe'],
  ['at Vance reset Adele Vance’s password', 'Adele Vance'],
])('a reading of “%s” that passes over the customer is not enough', (text, user) => {
  const readings = readingsOf(text);
  const partial = readings.filter((reading) => reading.customer === undefined && reading.user === user);
  expect(partial.every((reading) => fullerReadings(reading, readings).length > 0)).toBe(true);
});

it.each(['reset password for Jane Doe at Contoso', 'reset password for Jane Doe', 'reset jane.doe@contoso.example'])(
  'the first reading of “%s” passes over nothing',
  (text) => {
    const readings = readingsOf(text);
    const [first] = readings;
    expect(first && fullerReadings(first, readings)).toEqual([]);
  },
);

it.each([
  ['reset password for Jane Doe', 'Jane Doe', true],
  ['reset Jane Doe', 'Jane Doe', true],
  ['reset password for Doe, Jane', 'Doe, Jane', true],
  ['reset password for Jane Doe at Fabrkam', 'Jane Doe at Fabrkam', false],
  ['at Fabrkam reset Jane Doe’s password', 'Jane Doe', false],
  ['at Vance reset Adele Vance’s password', 'Adele Vance', false],
])('the context may stand in where no customer was typed: %s', (text, user, expected) => {
  const readings = readingsOf(text);
  const may = mayTakeContext({ user, customer: undefined }, readings);
  expect(may).toBe(expected);
});

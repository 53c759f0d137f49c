import { expect, it } from '@jest/globals';
import { leavesWordsOut } from '../../src/directory/leaves-words-out.ts';
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
])('a reading of “%s” that passes over the customer is not enough', (text, user) => {
  const readings = readingsOf(text);
  const partial = readings.filter((reading) => reading.customer === undefined && reading.user === user);
  expect(partial.every((reading) => leavesWordsOut(reading, readings))).toBe(true);
});

it.each(['reset password for Jane Doe at Contoso', 'reset password for Jane Doe', 'reset jane.doe@contoso.example'])(
  'the first reading of “%s” passes over nothing',
  (text) => {
    const readings = readingsOf(text);
    const [first] = readings;
    expect(first === undefined || leavesWordsOut(first, readings)).toBe(false);
  },
);

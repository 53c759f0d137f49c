import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Command } from '../../src/words/command.ts';
import { parseCommand } from '../../src/words/parse-command.ts';
import { awkwardNames } from './awkward-names.ts';
import { templates } from './templates.ts';

function holds(command: Command, user: string, customer: string | undefined): boolean {
  return (
    command.kind === 'reset-password' &&
    command.readings.some((reading) => reading.user === user && reading.customer === customer)
  );
}

/** `RUNS=1000` tries as many for each one here. */
const runs = Number(process.env['RUNS'] ?? 150);

describe('a name in a sentence', () => {
  it('comes back whole, whoever and whichever customer it is', () => {
    const lost = templates.flatMap((template) =>
      awkwardNames.users.flatMap((user) =>
        awkwardNames.customers
          .filter((customer) => !holds(parseCommand(template(user, customer)), user, customer))
          .map((customer) => template(user, customer)),
      ),
    );
    expect(lost).toEqual([]);
  });

  it('comes back whole as the first reading when it is of plain words', () => {
    const word = fc.stringMatching(/^[A-Z][a-z]{3,9}ax$/);
    const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.constantFrom(...templates), name, name, (template, user, customer) => {
        const command = parseCommand(template(user, customer));
        expect(command.kind === 'reset-password' && command.readings[0]).toEqual({ user, customer });
      }),
      { numRuns: 3 * runs },
    );
  });

  it.each([
    ['pls reset pw for Jane Doe @ Upstream Ltd', 'Upstream Ltd'],
    ['pls reset pw for Jane Doe @ UPS Logistics', 'UPS Logistics'],
    ['reset Jane Doe - Corrections Ltd', 'Corrections Ltd'],
    ['reset Jane Doe, Upsala Hospital', 'Upsala Hospital'],
    ['reset password for Jane Doe @ Stop and Shop', 'Stop and Shop'],
    ['reset Jane Doe @ Rather Good Ltd', 'Rather Good Ltd'],
  ])('begins like a word that takes an order back, and is a customer all the same: %s', (typed, customer) => {
    const command = parseCommand(typed);
    expect(command.kind === 'reset-password' && command.readings[0]).toEqual({ user: 'Jane Doe', customer });
  });

  it('comes back whole in quotes, whatever words it is made of', () => {
    const word = fc.constantFrom(
      'at',
      'and',
      'for',
      'please',
      'reset',
      'password',
      'how',
      "don't",
      'MFA',
      'all',
      ',',
      '&',
      'Jane',
      'not',
      '@',
      '.',
    );
    const name = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => `A ${words.join(' ')} Z`);
    fc.assert(
      fc.property(name, name, (user, customer) => {
        const command = parseCommand(`reset password for "${user}" at "${customer}"`);
        expect(command.kind === 'reset-password' && command.readings[0]).toEqual({ user, customer });
      }),
      { numRuns: 3 * runs },
    );
  });

  it('comes back without a customer where none is named', () => {
    const lost = awkwardNames.users.filter(
      (user) => !holds(parseCommand(`reset password for ${user}`), user, undefined),
    );
    expect(lost).toEqual([]);
  });
});

describe('a text of any kind', () => {
  const keyword = fc.constantFrom(
    ..."reset password pw for at @ from in , . ? ! \" ' ( ) : ; - \n jane doe jane's doe's contoso needs forgot bob@contoso.com reset password jane@contoso.com and & please don't how mfa user customer all cancel history freeze INC123 requested by cc she is works thanks regards actually mean colleague called about says local admin hold off let know".split(
      ' ',
    ),
    '\n',
    '<',
    '>',
    '\u0000',
    '\uD800',
    '😀',
  );
  const mixed = fc.array(keyword, { maxLength: 60 }).map((words) => words.join(' '));
  const any = fc.oneof(
    mixed,
    fc.string({ unit: 'binary', maxLength: 1200 }),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
  );

  it('never throws and gives at most twelve readings, none twice, none without a name', () => {
    fc.assert(
      fc.property(any, (text) => {
        const command = parseCommand(text);
        if (command.kind === 'reset-password') {
          expect(command.readings.length).toBeLessThanOrEqual(12);
          expect(new Set(command.readings.map((reading) => JSON.stringify(reading))).size).toBe(
            command.readings.length,
          );
          expect(
            command.readings
              .flatMap(({ user, customer }) => [user, customer ?? 'none'])
              .filter((name) => name.trim() === ''),
          ).toEqual([]);
        }
      }),
      { numRuns: 5 * runs },
    );
  });

  it('gives only names that were typed', () => {
    const squeeze = (text: string): string => text.replaceAll(/[\s"]/g, '');
    fc.assert(
      fc.property(mixed, (text) => {
        const command = parseCommand(text);
        const names =
          command.kind === 'reset-password'
            ? command.readings.flatMap(({ user, customer }) => [user, customer ?? ''])
            : [];
        expect(names.filter((name) => !squeeze(text).includes(squeeze(name)))).toEqual([]);
      }),
      { numRuns: 3 * runs },
    );
  });

  it.each([
    ['', 'nothing'],
    [' \n\t\u00A0 ', 'nothing'],
    ['a'.repeat(1000), 'not-understood'],
    ['a'.repeat(1001), 'too-long'],
    ['😀'.repeat(1000), 'not-understood'],
    ['😀'.repeat(1001), 'too-long'],
    [`reset password for ${'a'.repeat(1_000_000)}`, 'too-long'],
    [`  ${' '.repeat(5000)}help  `, 'help'],
  ])('%# is measured in characters, without the space around it', (text, kind) => {
    expect(parseCommand(text).kind).toBe(kind);
  });

  it('is read even where it was not cleaned', () => {
    expect(parseCommand('reset Jane\u2019s password at\u00A0Contoso').kind).toBe('reset-password');
  });
});

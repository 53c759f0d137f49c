import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { correlationId } from '../directory/people.ts';
import { createWorld } from './tables.ts';

const users = ['Bao Maier', 'Malik Ramos', 'Adele Vance', 'Rosa Chen', 'Sven Adler', 'Ines Ortega'];
const strangers = ['Elif Marino', 'Noor Haddad'];
const { find } = createWorld([
  { name: 'Contoso Bikes', domain: 'contosobikes.example', users },
  { name: 'Kestrel Accounting', domain: 'kestrelaccounting.example', users: strangers },
]);

/** `RUNS=1000` tries as many. */
const runs = Number(process.env['RUNS'] ?? 400);

const orders: readonly ((user: string) => string)[] = [
  (user) => `reset pw for ${user} at Contoso Bikes`,
  (user) => `reset ${user} at Contoso Bikes`,
  (user) => `please reset ${user}'s password at Contoso Bikes`,
  (user) => `${user} at Contoso Bikes needs a new password`,
  (user) => `can you reset the password of ${user} from Contoso Bikes`,
  (user) => `at Contoso Bikes reset ${user}`,
  (user) => `user: ${user}\ncompany: Contoso Bikes\nreset password`,
  (user) => `password reset for ${user.toLowerCase().replace(' ', '.')}@contosobikes.example`,
];
const pauses = [', ', '. ', '... ', ' - ', '; ', '\n', ' ', '! ', '.. ', ' – ', ' ('];
const takings = [
  "it's",
  'its',
  'it is',
  'sorry',
  "sorry, it's",
  "Sorry, it's",
  "oh no it's",
  "no wait it's",
  'scratch that,',
  "scratch that, it's",
  'I mean',
  'i meant',
  'actually',
  'Actually the name is',
  "the name's",
  'correction:',
  'make that',
  'oops,',
  "my bad, it's",
  'rather',
  'no,',
  'no',
  'wait,',
  "that's",
  'it should be',
  'should have been',
  'wrong person,',
  'wrong name, it is',
  'er',
  'er,',
  'um, no,',
  'edit:',
  'typo,',
  'better',
  'instead',
  'or rather',
  'change that to',
  'I typed the wrong name,',
  'hmm, no,',
  'not him,',
  'apologies,',
  'beg your pardon,',
  'this is',
  'my mistake, this is about',
  "thanks\nsorry, it's",
  'Thanks. I meant',
  'meant',
  'the correct name is',
  'the user is',
  'please do',
  'please take',
  'it is for',
  'for',
  'he is called',
  'strike that, reset',
  'forget that,',
  'switch to',
  'replace with',
  'give it to',
];
const ends = [
  '',
  '.',
  '!',
  ' please',
  ' instead',
  ', sorry',
  ' needs it',
  ' is the one',
  ' is his name',
  ' at Contoso Bikes',
];
/** What says of another person that they are another. */
const others: readonly ((person: string) => string)[] = [
  (person) => `, it's ${person} calling`,
  (person) => `. This is ${person} speaking`,
  (person) => `, ${person} here`,
  (person) => `. Thanks, ${person}`,
  (person) => `\nKind regards,\n${person}`,
  (person) => `, approved by ${person}`,
  (person) => `, manager: ${person}`,
  (person) => `, verified by ${person}`,
];

describe('a person who is named after another', () => {
  it.each([
    ['of the same customer', users],
    ['of another customer', strangers],
    ['by the first name', users.map((name) => name.replace(/ .*/, ''))],
  ])('takes the place of the first one, or makes a question, %s', async (_case, seconds) => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...orders),
        fc.constantFrom(...users),
        fc.constantFrom(...pauses),
        fc.constantFrom(...takings),
        fc.constantFrom(...seconds),
        fc.constantFrom(...ends),
        fc.boolean(),
        async (order, user, pause, taking, second, end, isSmall) => {
          fc.pre(!user.startsWith(second));
          const typed = `${order(user)}${pause}${taking} ${second}${end}`;
          const said = await find(isSmall ? typed.toLowerCase() : typed);
          const meant = `${second} at Contoso Bikes`;
          expect([`${typed} → -`, `${typed} → ${meant}`]).toContain(`${typed} → ${said.startsWith('-') ? '-' : said}`);
        },
      ),
      { numRuns: runs },
    );
  });

  it.each(pauses)('takes the place of the first one where that is said, after “%s”', async (pause) => {
    for (const taking of ["scratch that, it's", 'sorry,', 'I mean', 'correction:', 'oops,', 'wrong name, it is'])
      expect(await find(`reset pw for Bao Maier at Contoso Bikes${pause}${taking} Malik Ramos`)).toBe(
        'Malik Ramos at Contoso Bikes',
      );
  });

  it.each([
    ', hm, Malik Ramos says the ticket',
    '. Malik Ramos asked? no, he is the user',
    '. Malik Ramos says the mail',
  ])('makes a question, where a name seems to be told of: %s', async (end) => {
    expect(await find(`reset pw for Bao Maier at Contoso Bikes${end}`)).toBe('- which-user');
  });

  it('is no question where they are said to be another', async () => {
    for (const order of orders.slice(0, 5))
      for (const other of others)
        expect(await find(order('Bao Maier') + other('Rosa Chen'))).toBe('Bao Maier at Contoso Bikes');
  });

  it('takes the place of the first one in an order that follows, or makes a question', async () => {
    for (const between of ['… no, ', ', no, ', '... I mean ', '. Sorry, ', ' - wait, ', '. Oops, ', ' scratch that '])
      for (const lead of ['', "it's ", 'for ', 'reset ', 'password for '])
        expect(['-', 'Adele Vance at Contoso Bikes']).toContain(
          (await find(`${lead}Rosa Chen${between}reset Adele Vance at Contoso Bikes`)).replace(/^-.*/, '-'),
        );
  });
});

describe('a person who is ruled out', () => {
  const { directory } = createWorld([
    { name: 'Contoso Bikes', domain: 'contosobikes.example', users: ['Enzo Weiss', 'Enzo Yilmaz'] },
  ]);

  it.each([
    'not Enzo Weiss, Enzo Yilmaz at Contoso Bikes needs the password reset',
    'Reset password for Enzo Yilmaz at Contoso Bikes (not Enzo Weiss!)',
    'reset Enzo Yilmaz at Contoso Bikes, not Enzo Weiss',
    "it's not Enzo Weiss but Enzo Yilmaz at Contoso Bikes who needs the pw reset",
  ])('is not offered, and the other one is taken: %s', async (text) => {
    const finding = await directory.find({ text }, correlationId, {});
    expect(finding.kind === 'found' && finding.target.user.displayName).toBe('Enzo Yilmaz');
  });
});

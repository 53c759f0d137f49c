import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

/**
 * What the documents say that doctor says, each sentence by words of it, with the test of the command that shows it. What stands in
 * docs/troubleshooting.md is held by the tests named doctor-…-failures.
 */
const shown: readonly (readonly [words: string, file: string, test: string])[] = [
  ['says _not made yet_ of it', 'doctor-process', 'a policy that is not written'],
  ['checks its sign-in and the right to read tickets', 'doctor-tickets', 'says of a ticket system whether it lets'],
  ['names no setting that is missing or wrong', 'doctor-process', 'a setting that is missing'],
  ['says _not made yet_ of what the next steps make', 'doctor-process', 'a database that is not made'],
  ['says `ok policy good`, and below it what holds at each customer', 'doctor', 'says what the policy means at each'],
  ['says `ok` of _sign-in_ and of _partner center_', 'doctor', 'finds nothing wrong where nothing is'],
  ['`doctor` ends with status 0', 'doctor', 'finds nothing wrong where nothing is'],
  ['it says at how many customers it gets a token with every scope', 'doctor', 'says at how many customers it works'],
  ['names the scope at each customer', 'doctor', 'misses no scope that the policy does not need'],
  ['misses no other', 'doctor', 'misses no scope that the policy does not need'],
  ['tells of reading tickets and connections alone', 'doctor-tickets', 'says of a ticket system whether it lets'],
  ['`doctor` alone reads it', 'doctor-tickets', 'is none where only the look itself lacks a right'],
  ['says `ok` of the sign-in and of reading', 'doctor-tickets', 'says of a ticket system whether it lets'],
  ['says of each thing how it is', 'doctor-process', 'names %s, with what to do, the step and status 1'],
  ['names the customers with the reason and the step', 'doctor', 'names what Entra refuses at a customer'],
  ['checks the right to read', 'doctor-tickets', 'names the right where one is missing'],
  ['finds nothing wrong with the ticket system', 'doctor-tickets', 'says of a ticket system whether it lets'],
  ['SEALING_KEY_FILE=FILE npm run doctor` beside the running bots', 'doctor-database-failures', "'wrong-key'"],
  ['It says whether the new one alone opens everything', 'doctor-database-failures', "'wrong-key'"],
  ['and by `npm run doctor`', 'doctor', 'names the file of further certificate authorities'],
  ['says `warning policy in vain` with the setting', 'doctor', 'warns of rules that cannot act'],
  ['`POLICY_FILE=new.json npm run doctor` names every problem', 'doctor', 'says of a policy alone'],
];

const pages = ['install', 'operations', 'policy', 'settings'].map((name) =>
  readFileSync(new URL(`../../docs/${name}.md`, import.meta.url), 'utf8')
    .replaceAll(/```[^]*?```/g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('` `', '` '),
);
/** The sentences that say something of what the command does. */
const sentences = pages
  .flatMap((page) => page.split(/(?<=[.;?])\s|\||\*\*You see\*\*|\*\*Check:\*\*/))
  .filter((sentence) => /doctor`/.test(sentence))
  .filter((sentence) =>
    /doctor` (?:says|names|misses|tells|checks|finds|ends|calls|alone|beside)|by `npm run doctor`|see `npm run doctor`/.test(
      sentence,
    ),
  );

describe('what the documents say of npm run doctor', () => {
  it('is found in them', () => {
    expect(sentences.length).toBeGreaterThan(12);
  });

  it('is shown by a test of the command, sentence by sentence', () => {
    const held = (sentence: string) => shown.some(([words]) => sentence.includes(words));
    expect(sentences.filter((sentence) => !held(sentence))).toEqual([]);
    const text = pages.join(' ');
    expect(shown.filter(([words]) => !text.includes(words)).map(([words]) => words)).toEqual([]);
  });

  it.each(shown)('“%s” has its test in %s', (_words, file, test) => {
    expect(readFileSync(new URL(`${file}.test.ts`, import.meta.url), 'utf8')).toContain(test);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { cleanText } from '../../src/words/clean-text.ts';
import type { Reading } from '../../src/words/command.ts';
import { parseCommand } from '../../src/words/parse-command.ts';
import { cast } from './cast.ts';

const context = 'Contoso';
const phrases = readFileSync(new URL('phrases.hostile.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('# '))
  .map((line) => {
    const [typed = '', user = '', customer = ''] = line.split('\t');
    return { typed, meant: `${user} at ${customer}` };
  });

/** Who a reading is, if there is such a person at such a customer. */
function personOf({ user, customer }: Reading): string | undefined {
  const [local = '', domain] = user.toLowerCase().split('@');
  const named = cast.users.find(
    (name) => name.toLowerCase() === local || name.toLowerCase().replaceAll(' ', '.') === local,
  );
  const place = (customer ?? domain ?? context).toLowerCase();
  const owner = cast.customers.find((name) => name.toLowerCase() === place || `${name.toLowerCase()}.com` === place);
  const isElsewhere = domain !== undefined && domain !== `${owner?.toLowerCase() ?? ''}.com`;
  return named === undefined || owner === undefined || isElsewhere ? undefined : `${named} at ${owner}`;
}

function takenFrom(typed: string): readonly string[] {
  const command = parseCommand(cleanText(typed.replaceAll(String.raw`\n`, '\n'), []));
  return command.kind === 'reset-password'
    ? command.readings.map(personOf).filter((person) => person !== undefined)
    : [];
}

describe('a sentence that mentions others', () => {
  it('comes in more than five hundred forms, each there once', () => {
    expect(phrases.length).toBeGreaterThan(500);
    expect(new Set(phrases.map(({ typed }) => typed)).size).toBe(phrases.length);
  });

  it('leads to nobody else than who is meant', () => {
    const wrong = phrases.flatMap(({ typed, meant }) =>
      takenFrom(typed)
        .filter((person) => person !== meant)
        .map((person) => `${typed} → ${person}`),
    );
    expect(wrong).toEqual([]);
  });

  it('leads to who is meant in a good part of them', () => {
    const right = phrases.filter(({ typed, meant }) => takenFrom(typed).includes(meant));
    expect(right.length).toBeGreaterThan(90);
  });
});

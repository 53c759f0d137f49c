import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { listTroubles } from '../support/troubleshooting.ts';

const most = 2;

/** What is written for the operator at a terminal or in an alarm, who has the time to read it. */
const forOperators: ReadonlySet<string> = new Set([
  'alarms.ts',
  'failures/start-and-store-failures.ts',
  'terminal-log-lines.ts',
]);

/** Texts that may be longer, each by words that stand in it, and why. */
const longer: readonly (readonly [words: string, why: string])[] = [];

/** Words of ours, and words that make a sentence hard to hear on the phone. */
const unheard = /\b(?:whoever|nobody|lease|sealed|idempotent|payload)\b/i;

/** Every text of a file that has more than one word, without comments. What is put into it counts as a word. */
function textsOf(file: string): readonly string[] {
  const source = readFileSync(new URL(`../../src/texts/${file}`, import.meta.url), 'utf8')
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '');
  return [...source.matchAll(/'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`|"((?:[^"\\\n]|\\.)*)"/g)]
    .map(([, plain, template, double]) => plain ?? template ?? double ?? '')
    .map((text) => text.replace(/\$\{[^}]*\}/g, 'x'))
    .filter((text) => text.includes(' '));
}

function countSentences(text: string): number {
  const spoken = text.replace(/\(Reference: [^)]*\)/, '').replace(/\bJane Doe at Contoso\./g, 'them.');
  return spoken.match(/[.!?](?=[\s”]|$)/g)?.length ?? 0;
}

const isTooLong = (text: string): boolean =>
  countSentences(text) > most && !longer.some(([words]) => text.includes(words));

const files = readdirSync(new URL('../../src/texts/', import.meta.url), { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !forOperators.has(file),
);
const texts = files.flatMap(textsOf);

describe('a text that people hear on the phone', () => {
  it('is found in the source', () => {
    expect(texts.length).toBeGreaterThan(400);
    expect(texts).toContain('You may not reset passwords for this customer.');
    expect(countSentences('One. Two! Three? “Four.” (Reference: 1.2)')).toBe(4);
  });

  it('has two sentences at most', () => {
    expect(texts.filter(isTooLong)).toEqual([]);
  });

  it('has two sentences at most with what to do next, where it says why nothing was done', () => {
    const parts = listTroubles().filter(({ title }) => title !== 'Alarms' && !/terminal|start/i.test(title));
    const spoken = parts.flatMap(({ title, troubles }) =>
      // What an operator does about Microsoft Graph is said to them alone.
      title.startsWith('Microsoft Graph') ? [] : troubles.map(({ words, todo }) => `${words} ${todo}`),
    );
    expect(spoken.length).toBeGreaterThan(100);
    expect(spoken.filter(isTooLong)).toEqual([]);
  });

  it('has no words of ours and none that are not spoken', () => {
    expect(texts.filter((text) => unheard.test(text))).toEqual([]);
  });

  it('names no exception that is not needed', () => {
    const all = [
      ...texts,
      ...listTroubles().flatMap(({ troubles }) => troubles.map(({ words, todo }) => `${words} ${todo}`)),
    ];
    for (const [words] of longer)
      expect(all.some((text) => text.includes(words) && countSentences(text) > most)).toBe(true);
  });
});

import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { createPretendData } from '../../src/sandbox/data/pretend-data.ts';
import { createWorld } from './tables.ts';
import { templates } from './templates.ts';

const data = createPretendData(1, 0);
const places = data.customers.slice(0, 40).map(({ id, name, domain }) => {
  const users = data.users(id)?.slice('active', undefined, 0, 60) ?? [];
  return { name, domain, users: users.map(({ displayName }) => displayName) };
});
const { find } = createWorld(places);

/** `NAMES=1` tries every name, otherwise one in so many. */
const step = Number(process.env['NAMES'] ?? 15);
const people = places.flatMap(({ name, users }) =>
  users.filter((_, at) => at % step === 0).map((user) => ({ user, customer: name })),
);

/** As Teams hands over what was typed. */
function send(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

describe('a name of the sandbox in a sentence', () => {
  it('comes back as that person or as a question, in every template', async () => {
    const wrong: string[] = [];
    let straight = 0;
    for (const { user, customer } of people) {
      for (const template of templates) {
        const typed = template(user, customer);
        const said = await find(send(typed));
        if (said === `${user} at ${customer}`) straight += 1;
        else if (!said.startsWith('-')) wrong.push(`${typed} → ${said}`);
      }
    }
    expect(wrong).toEqual([]);
    // The questions are those that are needed: people and customers of the sandbox who are called the same.
    expect(straight / (people.length * templates.length)).toBeGreaterThan(0.85);
  });

  it('is never another’s where two names are swapped, or a word is dropped or doubled', async () => {
    const word = fc.nat();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...people),
        fc.constantFrom(...templates),
        fc.constantFrom('swapped', 'dropped', 'doubled'),
        word,
        async ({ user, customer }, template, change, at) => {
          const typed = change === 'swapped' ? template(customer, user) : spoil(template(user, customer), change, at);
          const said = await find(send(typed));
          fc.pre(!isNamed(said, typed));
          expect([`${user} at ${customer}`, '-']).toContain(said.startsWith('-') ? '-' : said);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

function spoil(typed: string, change: 'dropped' | 'doubled', at: number): string {
  const words = typed.split(' ');
  const place = at % words.length;
  const word = words[place] ?? '';
  return words.toSpliced(place, 1, ...(change === 'dropped' ? [] : [word, word])).join(' ');
}

/** Whether every word of the person who was found, and of their customer, was typed. */
function isNamed(said: string, typed: string): boolean {
  const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const there = new Set(wordsOf(typed));
  return !said.startsWith('-') && wordsOf(said).every((word) => there.has(word) || word === 'at');
}

import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { awkwardNames } from './awkward-names.ts';
import { createWorld } from './tables.ts';
import { templates } from './templates.ts';

/** `RUNS=1000` tries as many for each one here. */
const runs = Number(process.env['RUNS'] ?? 150);

function findAmong(user: string, customer: string, typed: string): Promise<string> {
  return createWorld([
    { name: customer, domain: 'own.example', users: [user, 'Zed Zedson'] },
    { name: 'Other Customer', domain: 'other.example', users: [user, 'Zed Zedson'] },
  ]).find(typed);
}

describe('a name in a sentence', () => {
  it('that is made of what a sentence is made of leads to nobody else, and mostly straight', async () => {
    const wrong: string[] = [];
    let straight = 0;
    for (const [place, customer] of awkwardNames.customers.entries()) {
      for (const [at, user] of awkwardNames.users.filter((name) => !/[@]|^[0-9a-f-]{36}$/.test(name)).entries()) {
        const typed = templates[(place + at) % templates.length]?.(user, customer) ?? '';
        const said = await findAmong(user, customer, typed);
        if (said === `${user} at ${customer}`) straight += 1;
        else if (!said.startsWith('-')) wrong.push(`${typed} → ${said}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(straight).toBeGreaterThan(0);
  });

  it('is found when it is of plain words', async () => {
    const word = fc.stringMatching(/^[A-Z][a-z]{3,9}ax$/);
    const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...templates), name, name, async (template, user, customer) => {
        fc.pre(user !== customer);
        expect(await findAmong(user, customer, template(user, customer))).toBe(`${user} at ${customer}`);
      }),
      { numRuns: runs },
    );
  });

  it.each([
    ['pls reset pw for Jane Doe @ Upstream Ltd', 'Upstream Ltd'],
    ['pls reset pw for Jane Doe @ UPS Logistics', 'UPS Logistics'],
    ['reset Jane Doe - Corrections Ltd', 'Corrections Ltd'],
    ['reset Jane Doe, Upsala Hospital', 'Upsala Hospital'],
    ['reset password for Jane Doe @ Stop and Shop', 'Stop and Shop'],
    ['reset Jane Doe @ Rather Good Ltd', 'Rather Good Ltd'],
  ])('begins like a word that takes an order back, and is a customer all the same: %s', async (typed, customer) => {
    expect(await findAmong('Jane Doe', customer, typed)).toBe(`Jane Doe at ${customer}`);
  });

  it('in quotes is nobody else, whatever words it is made of', async () => {
    const pieces = [
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
    ];
    const name = fc
      .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 5 })
      .map((words) => `A ${words.join(' ')} Z`);
    await fc.assert(
      fc.asyncProperty(name, name, async (user, customer) => {
        const said = await findAmong(user, customer, `reset password for "${user}" at "${customer}"`);
        expect([`${user} at ${customer}`, '-']).toContain(said.startsWith('-') ? '-' : said);
      }),
      { numRuns: runs },
    );
  });
});

describe('somebody who is mentioned beside the user', () => {
  const word = fc.stringMatching(/^[A-Z][a-z]{3,9}ax$/);
  const name = fc.tuple(word, word).map((words) => words.join(' '));
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
    (passing) => ` (${passing})`,
    (passing) => `, ${passing}`,
  ];
  const tales: readonly ((caller: string, user: string) => string)[] = [
    (caller, user) => `${caller} needs ${user}'s password reset`,
    (caller, user) => `${caller} called about ${user}, please reset the password`,
    (caller, user) => `${caller} says ${user} is locked out, reset the password`,
    (caller, user) => `${caller} wants a new password for ${user}`,
    (caller, user) => `reset password for ${caller}'s colleague ${user}`,
  ];

  it.each([
    ['with a customer', (user: string) => `reset password for ${user} at Contoso`],
    ['without one', (user: string) => `reset ${user}'s password`],
    ['in a story', (user: string) => `${user} at Contoso needs a new password`],
  ])('is never the user, %s, be they known or not', async (_case, main) => {
    await fc.assert(
      fc.asyncProperty(name, name, fc.constantFrom(...suffixes), fc.boolean(), async (user, passing, end, isKnown) => {
        fc.pre(user !== passing);
        expect(await findKnown(main(user) + end(passing), user, isKnown ? passing : 'Zed Zedson')).not.toBe(passing);
      }),
      { numRuns: runs },
    );
  });

  it('is never the user where somebody else needs the reset', async () => {
    await fc.assert(
      fc.asyncProperty(name, name, fc.constantFrom(...tales), async (caller, user, tale) => {
        fc.pre(user !== caller);
        expect(await findKnown(tale(caller, user), user, caller)).not.toBe(caller);
      }),
      { numRuns: runs },
    );
  });
});

async function findKnown(typed: string, ...users: readonly string[]): Promise<string> {
  const { find } = createWorld([{ name: 'Contoso', domain: 'contoso.com', users }]);
  return (await find(typed, 'Contoso')).replace(/ at .*/, '');
}

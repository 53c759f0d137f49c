import { describe, expect, it } from '@jest/globals';
import { cleanText, english, readCommand } from '../../src/understanding/index.ts';
import { commandOf, createWorld, displayNameOf, type Place, readTable } from './tables.ts';

type Phrase = {
  readonly typed: string;
  readonly meaning: string;
  readonly user: string;
  readonly customer: string | undefined;
};

const phrases = readTable('phrases.tsv').map(([typed = '', meaning = '', user = '-', customer = '-']): Phrase => {
  return { typed, meaning, user, customer: customer === '-' ? undefined : customer };
});
const resets = phrases.filter(({ meaning }) => meaning === 'reset' || meaning === 'reads');
/** How many of the phrasings end at a question that is not needed. */
const mostAsked = 4;
const commands = new Set(['cancel', 'freeze', 'thaw', 'help', 'greeting', 'thanks', 'status', 'history']);

/** A customer with the person of a phrase, beside other customers and people. */
function placesOf({ user, customer }: Phrase): readonly Place[] {
  const domain = user.includes('@') ? user.slice(user.indexOf('@') + 1).toLowerCase() : undefined;
  const name = customer ?? 'Contoso';
  const own = /^\S+\.[a-z]{2,}$/i.test(name) ? name.toLowerCase() : (domain ?? 'target.example');
  return [
    { name, domain: own, users: [user, 'Someone Else'] },
    { name: 'Other Customer', domain: 'other.example', users: ['Zed Zedson'] },
  ];
}

async function findMeant(phrase: Phrase, typed: string): Promise<{ readonly said: string; readonly isRight: boolean }> {
  const said = await createWorld(placesOf(phrase)).find(typed, phrase.customer === undefined ? 'Contoso' : undefined);
  const meant = `${displayNameOf(phrase.user)} at ${phrase.customer ?? 'Contoso'}`;
  return { said, isRight: said.toLowerCase() === meant.toLowerCase() };
}

/** Sentences that ask although they need not; none may lead to somebody else. */
async function tryAll(
  change: (typed: string) => string,
  every: number,
): Promise<{ readonly wrong: string[]; readonly asked: string[] }> {
  const wrong: string[] = [];
  const asked: string[] = [];
  for (const phrase of resets.filter((_, at) => at % every === 0)) {
    const { said, isRight } = await findMeant(phrase, change(phrase.typed));
    if (!isRight) (said.startsWith('-') ? asked : wrong).push(`${phrase.typed} → ${said}`);
  }
  return { wrong, asked };
}

describe('the collected phrasings', () => {
  it('are more than four hundred, each there once', () => {
    expect(phrases.length).toBeGreaterThan(400);
    const rows = phrases.map(({ typed, user, customer = '-' }) => [typed, user, customer].join('\t'));
    expect(new Set(rows).size).toBe(rows.length);
  });

  it.each([
    ['as they are', (typed: string) => typed, 1],
    ['with a mention of the bot, as Teams sends them in a channel', mention, 3],
    ['with typographic quotes and no-break spaces', typographic, 3],
  ])('lead to who is meant, or in a few cases to a question, %s', async (_case, change, every) => {
    const { wrong, asked } = await tryAll(change, every);
    expect(wrong).toEqual([]);
    if (asked.length > mostAsked) expect(asked).toEqual([]);
  });

  it('take nobody where they ask for no reset', async () => {
    const { find } = createWorld([
      { name: 'Contoso', domain: 'contoso.com', users: ['Jane Doe', 'John Roe', 'Bob Smith', 'Jane', 'Bob'] },
      { name: 'Fabrikam', domain: 'fabrikam.com', users: ['Jane Doe', 'Bob Smith'] },
    ]);
    const others = phrases.filter((phrase) => !resets.includes(phrase) && !commands.has(phrase.meaning));
    const said = await Promise.all(others.map(async ({ typed }) => `${typed} → ${await find(typed)}`));
    expect(said.filter((line) => !line.includes(' → - '))).toEqual([]);
  });

  it('are the commands that they must be', () => {
    const wrong = phrases.filter(({ typed, meaning, user }) => {
      const command = commandOf(typed);
      if (!commands.has(meaning)) return command.kind !== 'sentence';
      return command.kind !== meaning || (aboutOf(command) ?? '-') !== user;
    });
    expect(wrong.map(({ typed }) => `${typed} → ${commandOf(typed).kind}`)).toEqual([]);
  });
});

function aboutOf(command: ReturnType<typeof commandOf>): string | undefined {
  if (command.kind === 'history') return command.of;
  if (command.kind === 'cancel') return command.reference;
  return command.kind === 'freeze' || command.kind === 'thaw' ? command.customer : undefined;
}

function mention(text: string): string {
  const encoded = text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\n', '\r\n');
  const tag = '<at>Locksmith</at>';
  const command = readCommand(cleanText(`\r\n${tag}&nbsp;${encoded}\r\n`, [tag]), english);
  return command.kind === 'sentence' ? command.text : command.kind;
}

function typographic(text: string): string {
  return text
    .replaceAll("'", '’')
    .replaceAll(/"([^"]*)"/g, '“$1”')
    .replaceAll(' ', '\u00A0');
}

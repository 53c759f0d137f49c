import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { cleanText } from '../../src/words/clean-text.ts';
import type { Command } from '../../src/words/command.ts';
import { parseCommand } from '../../src/words/parse-command.ts';

type Phrase = { readonly typed: string; readonly meaning: string; readonly about: readonly string[] };

const phrases = readFileSync(new URL('phrases.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('# '))
  .map(readPhrase);

function readPhrase(line: string): Phrase {
  const [typed = '', meaning = '', ...about] = line.split('\t');
  return { typed: typed.replaceAll(String.raw`\n`, '\n'), meaning, about };
}

/** Says a command as the table does; of a reset, each reading. */
function say(command: Command): readonly string[] {
  switch (command.kind) {
    case 'reset-password':
      return command.readings.map(({ user, customer }) => `reset\t${user}\t${customer ?? '-'}`);
    case 'not-a-reset':
      return [command.why];
    case 'history':
      return [`history\t${command.of ?? '-'}`];
    case 'cancel':
      return [`cancel\t${command.reference ?? '-'}`];
    case 'freeze':
    case 'thaw':
      return [`${command.kind}\t${command.customer ?? '-'}`];
    case 'greeting':
    case 'help':
    case 'status':
    case 'about-freezing':
    case 'too-long':
    case 'not-understood':
    case 'nothing':
      return [command.kind];
  }
}

function isRight({ typed, meaning, about }: Phrase, read: (text: string) => Command): boolean {
  const said = say(read(typed));
  return meaning === 'reads'
    ? said.includes(['reset', ...about].join('\t'))
    : said[0] === [meaning, ...about].join('\t');
}

function wrongOnes(read: (text: string) => Command): readonly string[] {
  return phrases
    .filter((phrase) => !isRight(phrase, read))
    .map(({ typed }) => `${typed} → ${say(read(typed)).join(' or ')}`);
}

describe('the collected phrasings', () => {
  it('are more than four hundred, each there once', () => {
    expect(phrases.length).toBeGreaterThan(400);
    expect(new Set(phrases.map(({ typed, about }) => [typed, ...about].join('\t'))).size).toBe(phrases.length);
  });

  it('mean what they must', () => {
    expect(wrongOnes(parseCommand)).toEqual([]);
  });

  it('mean the same when they come with a mention of the bot, as Teams sends them in a channel', () => {
    const mention = '<at>Locksmith</at>';
    expect(wrongOnes((text) => parseCommand(cleanText(`\r\n${mention}&nbsp;${encode(text)}\r\n`, [mention])))).toEqual(
      [],
    );
  });

  it('mean the same with typographic quotes and no-break spaces', () => {
    expect(
      wrongOnes((text) =>
        parseCommand(
          cleanText(
            text
              .replaceAll("'", '’')
              .replaceAll(/"([^"]*)"/g, '“$1”')
              .replaceAll(' ', '\u00A0'),
            [],
          ),
        ),
      ),
    ).toEqual([]);
  });
});

function encode(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '\r\n');
}

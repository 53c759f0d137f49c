import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  cleanText,
  english,
  findWhyNot,
  judge,
  type Mention,
  readLooseRuns,
  readSentence,
  takeFacts,
} from '../../src/understanding/index.ts';
import { readTokens } from '../../src/understanding/tokens.ts';
import { createWorld } from './tables.ts';

const pieces = [
  'jane ',
  'at ',
  'reset ',
  'password ',
  "jane's password ",
  'and ',
  '& ',
  ', ',
  '. ',
  '! ',
  'please ',
  'for ',
  'in ',
  'customer ',
  'user ',
  '( ',
  ') ',
  "don't ",
  'how ',
  'new ',
  'change ',
  '@ ',
  '@',
  '@a ',
  '. . ',
  'a@b.co ',
  'jane at contoso. ',
  'he ',
  'the ',
  '\n',
  'cancel ',
  'history ',
  'INC123 ',
  'ticket ',
  "james' ",
  '"jane" ',
  'reset jane at contoso and ',
  'hi ',
  'forgot ',
  'ltd ',
  'mfa ',
  'contoso - ',
  'requested by bob ',
  'she is at contoso, ',
  'cc a@b.co ',
  'thanks, ',
  'actually ',
  'flurble ',
];
const frames: readonly ((middle: string) => string)[] = [
  (middle) => middle,
  (middle) => `reset password for ${middle}`,
  (middle) => `reset ${middle}`,
  (middle) => `${middle} reset password`,
  (middle) => `at ${middle} reset jane's password`,
];

/** The longest text that is taken, in characters. */
const longest = 1000;
/** What the slowest of these texts may take on a busy machine, in milliseconds. */
const mostMilliseconds = 1000;
const methods = ['Called back on a number on file', 'Authenticator approval', 'In person'];

/** All that is read of a sentence without the directory, each run of loose words being a person. */
function readAll(text: string): void {
  const { rest } = takeFacts(readSentence(text, english), methods, english);
  const mentions: readonly Mention[] = readLooseRuns(rest, [], english);
  findWhyNot(rest, mentions, english);
  judge(rest, mentions, [], english);
}

describe('the work of understanding', () => {
  it('is done soon for the longest texts, whatever they repeat', () => {
    const slow = frames.flatMap((frame) =>
      pieces.flatMap((piece) => {
        const text = frame(piece.repeat(Math.ceil(longest / piece.length))).slice(0, longest);
        const start = performance.now();
        readAll(text);
        const milliseconds = performance.now() - start;
        return milliseconds > mostMilliseconds ? [`${text.slice(0, 40)}: ${milliseconds.toFixed(0)} ms`] : [];
      }),
    );
    expect(slow).toEqual([]);
  });

  it('cuts each character into exactly one token', () => {
    for (const piece of [...pieces, "'", '"', "'a ", '" ', 'a.', 'a.!.', '@', '@a', "a' ", '""', '...', '# ', '*_']) {
      const text = piece.repeat(300);
      expect(
        readTokens(text)
          .map((token) => token.text)
          .join('')
          .replaceAll(/\s/g, ''),
      ).toBe(text.replaceAll(/\s/g, ''));
    }
  });
});

it('a text of any kind leads to nobody, or to somebody whose name is in it, and never throws', async () => {
  const { find } = createWorld([
    { name: 'Contoso', domain: 'contoso.com', users: ['Jane Doe', 'Bob Smith', 'Jane', 'Bob'] },
    { name: 'Fabrikam', domain: 'fabrikam.com', users: ['Jane Doe', 'Will May'] },
  ]);
  const words = fc.array(
    fc.constantFrom(...pieces, 'Jane Doe ', 'Will May ', 'contoso ', 'fabrikam ', '"', "'", '\u0000', '\uD800'),
    {
      maxLength: 40,
    },
  );
  const any = fc.oneof(
    words.map((some) => some.join('')),
    fc.string({ unit: 'binary', maxLength: 1000 }),
  );
  await fc.assert(
    fc.asyncProperty(any, async (text) => {
      const said = await find(text, 'Contoso');
      const [name = ''] = said.split(' at ');
      const typed = cleanText(text, []).toLowerCase();
      const isTyped = name
        .toLowerCase()
        .split(' ')
        .every((word) => typed.includes(word));
      expect(said.startsWith('-') || isTyped).toBe(true);
    }),
    { numRuns: 500 },
  );
});

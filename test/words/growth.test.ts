import { describe, expect, it } from '@jest/globals';
import { parseReset } from '../../src/words/parse-reset.ts';
import { parseShortCommand } from '../../src/words/parse-short-command.ts';
import { readTokens } from '../../src/words/read-tokens.ts';
import type { Token } from '../../src/words/read-tokens.ts';

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

/** `LENGTHS=250` tries texts of a thousand pieces. */
const length = Number(process.env['LENGTHS'] ?? 60);

/** How often the grammar looks at a token. */
function countLooks(text: string): { readonly looks: number; readonly tokens: number } {
  let looks = 0;
  const counted = readTokens(text).map(
    (token): Token =>
      new Proxy(token, {
        get(target, key: keyof Token) {
          looks += 1;
          return target[key];
        },
      }),
  );
  parseShortCommand(counted);
  parseReset(counted);
  return { looks, tokens: counted.length };
}

describe('the work of parsing', () => {
  it('grows with the length and no faster, far beyond the longest text that is taken', () => {
    const faster = frames.flatMap((frame) =>
      pieces.filter((piece) => {
        const short = countLooks(frame(piece.repeat(length)));
        const long = countLooks(frame(piece.repeat(4 * length)));
        return long.looks > short.looks * 4 * 1.1 + 1000;
      }),
    );
    expect(faster).toEqual([]);
  });

  it('looks at each token a bounded number of times', () => {
    const most = Math.max(
      ...frames.flatMap((frame) =>
        pieces.map((piece) => {
          const { looks, tokens } = countLooks(frame(piece.repeat(2 * length)));
          return looks / tokens;
        }),
      ),
    );
    expect(most).toBeLessThan(1000);
  });

  it('cuts each character into exactly one token', () => {
    for (const piece of [...pieces, "'", '"', "'a ", '" ', 'a.', 'a.!.', '@', '@a', "a' ", '""', '...', '# ', '*_']) {
      const text = piece.repeat(3000);
      expect(
        readTokens(text)
          .map((token) => token.text)
          .join('')
          .replaceAll(/\s/g, ''),
      ).toBe(text.replaceAll(/\s/g, ''));
    }
  });
});

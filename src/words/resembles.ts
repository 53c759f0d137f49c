import type { Token } from './read-tokens.ts';
import { vocabulary } from './vocabulary.ts';
import { wordsIn } from './words-in.ts';

const shortest = 3;

/**
 * Whether the word at `at` may be part of the name of the one who has this address: `Doe` with jdoe@contoso.com, `Jane`
 * and `J.` beside such a word; also the `Ltd` of the company that has it.
 */
export function resembles(tokens: readonly Token[], at: number, address: string): boolean {
  const local = plain(address.slice(0, address.lastIndexOf('@')));
  const isIn = (token: Token | undefined): boolean => {
    const letters = plain(token?.text ?? '');
    return letters.length >= shortest && local.includes(letters);
  };
  const token = tokens[at];
  if (token === undefined || token.kind === 'address') {
    return false;
  }
  const isInitial = local.startsWith(plain(token.text).charAt(0)) && (isIn(tokens[at - 1]) || isIn(tokens[at + 1]));
  return isIn(token) || isInitial || vocabulary.companyWords.has(token.word);
}

function plain(text: string): string {
  return wordsIn(text.normalize('NFD'))
    .join('')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

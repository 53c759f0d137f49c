import type { Token } from './read-tokens.ts';

/** What a run of tokens spells, as typed, with one space where there was space. */
export function spell(tokens: readonly Token[]): string {
  return tokens
    .map((token, index) => (index > 0 && token.spaced ? ` ${token.text}` : token.text))
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

import { isNameMark } from './is-name-mark.ts';
import type { Token } from './read-tokens.ts';
import { vocabulary } from './vocabulary.ts';

/** How many tokens at the beginning are marks and courtesy: `, please`. The sign @ stays, since it begins a place. */
export function skipCourtesy(tokens: readonly Token[]): number {
  const end = tokens.findIndex((token) => {
    const isCourteous = vocabulary.polite.has(token.word) || token.word === 'request';
    const isCourtesy = token.kind === 'mark' ? !isNameMark(token) : token.kind === 'word' && isCourteous;
    return token.text === '@' || !isCourtesy;
  });
  return end === -1 ? tokens.length : end;
}

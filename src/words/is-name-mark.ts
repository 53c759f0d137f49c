import type { Token } from './read-tokens.ts';

/** Whether a token is a mark that rather begins or ends a name than a part of a sentence. */
export function isNameMark(token: Token | undefined): boolean {
  return token?.kind === 'mark' && '([{<>}])$*_`~"'.includes(token.text);
}

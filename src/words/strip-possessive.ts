import type { Token } from './read-tokens.ts';

/** Takes the possessive off the last word: `Doe's`, `James'` and `"Anne"'s`. Undefined where the last word is no possessive. */
export function stripPossessive(tokens: readonly Token[]): readonly Token[] | undefined {
  const last = tokens.at(-1);
  if (last === undefined || last.kind === 'mark') {
    return undefined;
  }
  const before = tokens.slice(0, -1);
  if (last.word === "'s" || last.word === "'") {
    return before.length > 0 ? before : undefined;
  }
  if (last.kind === 'quoted') {
    return undefined;
  }
  if (/[^\s']'s$/i.test(last.text)) {
    return [...before, shorten(last, 2)];
  }
  return /s'$/i.test(last.text) ? [...before, shorten(last, 1)] : undefined;
}

function shorten(token: Token, by: number): Token {
  return { ...token, text: token.text.slice(0, -by), word: token.word.slice(0, -by) };
}

import { isPasswordWord } from './is-password-word.ts';
import { isResetVerb } from './is-reset-verb.ts';
import type { Token } from './read-tokens.ts';
import { vocabulary } from './vocabulary.ts';

const starters = new Set('and then also & plus please'.split(' '));

/** Whether another reset, of somebody named, follows: `… and reset Bob's password`. */
export function namesAnotherReset(tokens: readonly Token[]): boolean {
  return tokens.some((token, at) => {
    const before = tokens[at - 1];
    const starts = (before?.kind === 'mark' && before.text !== '@') || starters.has(before?.word ?? '');
    if (!starts || isResetVerb(token) !== 'certain') {
      return false;
    }
    let next = at + 1;
    while (next < at + 7 && isSmall(tokens[next])) {
      next += 1;
    }
    return tokens[next]?.kind === 'word' || tokens[next]?.kind === 'address' || tokens[next]?.kind === 'quoted';
  });
}

function isSmall(token: Token | undefined): boolean {
  if (token === undefined) {
    return false;
  }
  const words = [
    vocabulary.qualifiers,
    vocabulary.pronouns,
    vocabulary.polite,
    vocabulary.thanks,
    vocabulary.bareTails,
  ];
  return (
    token.kind === 'mark' ||
    isPasswordWord(token) ||
    token.word === 'for' ||
    token.word === 'to' ||
    words.some((list) => list.has(token.word))
  );
}

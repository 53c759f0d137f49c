import type { Command } from './command.ts';
import { isPasswordWord } from './is-password-word.ts';
import { isResetVerb } from './is-reset-verb.ts';
import type { Token } from './read-tokens.ts';

const cancelWords = new Set(
  'the my this that it request reset password pw pwd for of one last current pending open ref reference id no number everything all'.split(
    ' ',
  ),
);

/** Reads what follows `cancel`: nothing, `the reset`, a reference. Something else than a reset is not cancelled here: undefined. */
export function readCancel(rest: readonly Token[]): Command | undefined {
  const named = rest.filter((token) => token.kind !== 'mark' && !cancelWords.has(token.word));
  const [only] = named;
  if (only === undefined || rest.some((token) => isResetVerb(token) === 'certain' || isPasswordWord(token))) {
    return { kind: 'cancel', reference: named.length === 1 && isReference(only) ? only?.text : undefined };
  }
  return named.length === 1 && isReference(only) ? { kind: 'cancel', reference: only.text } : undefined;
}

function isReference(token: Token | undefined): boolean {
  return token?.kind === 'word' && /^[#\w-]{3,64}$/.test(token.text);
}

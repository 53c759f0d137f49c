import { isPasswordWord } from './is-password-word.ts';
import { isResetVerb } from './is-reset-verb.ts';
import { namesPlace } from './names-place.ts';
import { plainWords } from './plain-words.ts';
import type { Token } from './read-tokens.ts';
import { vocabulary } from './vocabulary.ts';

/** Whether the token at `at` names nobody where it stands: a mark or an ordinary word, though next to no word after `at` and its like. */
export function isOrdinary(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token === undefined || token.kind === 'mark' || !/[\p{L}\p{N}]/u.test(token.text)) {
    return true;
  }
  if (token.kind !== 'word' || namesPlace(tokens, at)) {
    return false;
  }
  return (
    isPasswordWord(token) ||
    (vocabulary.departments.has(token.word) && /^(?:at|from|in|of|the)$/.test(tokens[at - 1]?.word ?? '')) ||
    isResetVerb(token) !== 'no' ||
    plainWords.has(token.word) ||
    /^(?:\d{1,6}|\d{1,2}[:.]\d{2}|\d{1,2}(?:am|pm|h|min|mins|th|st|nd|rd))$/.test(token.word)
  );
}

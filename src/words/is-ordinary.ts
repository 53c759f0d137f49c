import { isNameMark } from './is-name-mark.ts';
import { isPasswordWord } from './is-password-word.ts';
import { isResetVerb } from './is-reset-verb.ts';
import { namesPlace } from './names-place.ts';
import { plainWords } from './plain-words.ts';
import type { Token } from './read-tokens.ts';
import { vocabulary } from './vocabulary.ts';

const little = new Set(
  'let i he she they we it a an the in at of on to for from with by can could would will is are was has have as or me my his her him them us our its be do go get give may might must off out up any all one some who'.split(
    ' ',
  ),
);

/** Whether the token at `at` names nobody where it stands: a mark or an ordinary word, though next to no word after `at` and its like. */
export function isOrdinary(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token === undefined || token.kind === 'mark' || !/[\p{L}\p{N}]/u.test(token.text)) {
    return true;
  }
  if (token.kind !== 'word' || namesPlace(tokens, at) || standsAlone(tokens, at)) {
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

/** A little word between marks, as in `Let: reset …`, or before a name, as in `An Lee: reset …`, may be a name that was mistyped. */
function standsAlone(tokens: readonly Token[], at: number): boolean {
  const isFree = (token: Token | undefined): boolean =>
    token === undefined || (token.kind === 'mark' && !isNameMark(token));
  const word = tokens[at]?.word ?? '';
  const next = tokens[at + 1];
  const leadsName = /^an?$/.test(word) && next?.kind === 'word' && !plainWords.has(next.word) && !isPasswordWord(next);
  return isFree(tokens[at - 1]) && (leadsName || (little.has(word) && isFree(next)));
}

import { isPasswordWord } from './is-password-word.ts';
import { isResetVerb } from './is-reset-verb.ts';
import type { Token } from './read-tokens.ts';
import { vocabulary } from './vocabulary.ts';

const places = new Set('at from of @ customer client tenant company'.split(' '));
const joins = new Set('and & + also plus or'.split(' '));
const small = new Set('the a his her their my also and both all user users'.split(' '));

/** Whether a message asks for something beside the password: MFA, an unlock, a PIN, a token, another system's password. */
export function namesOtherFactor(tokens: readonly Token[]): boolean {
  return tokens.some((token, at) => {
    if (token.kind !== 'word') {
      return false;
    }
    if (vocabulary.strongFactors.has(token.word) || isSpelledApart(tokens, at)) {
      return !places.has(tokens[at - 1]?.word ?? '');
    }
    if (vocabulary.otherPasswords.has(token.word) && isPasswordWord(tokens[at + 1])) {
      return qualifies(tokens, at);
    }
    return vocabulary.weakFactors.has(token.word) && isAskedFor(tokens, at);
  });
}

/** `the local password`, `Jane's wifi password` and `admin password for Jane`, but not `Jane Safe password`. */
function qualifies(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  const isFree = before?.kind !== 'word' || small.has(before.word) || isResetVerb(before) !== 'no';
  const mayBeUser =
    isResetVerb(before) !== 'no' &&
    places.has(tokens[at + 2]?.word ?? '') &&
    /^(?:admin|administrator|service|guest)$/.test(tokens[at]?.word ?? '');
  return (isFree && !mayBeUser) || possessive(before) || vocabulary.otherPasswords.has(before?.word ?? '');
}

/** `two factor`, `multi factor`, `security key`, `windows hello`, `sign her out`. */
function isSpelledApart(tokens: readonly Token[], at: number): boolean {
  const pair = `${tokens[at]?.word ?? ''} ${tokens[at + 1]?.word ?? ''}`;
  return /^(?:(?:two|multi|2|second) (?:factor|fa)|security (?:key|info)|windows hello|sign-in methods?|auth(?:entication)? methods?|app passwords?)$/.test(
    pair,
  );
}

/** A small word of other meanings counts where the reset is of it, or where it is joined to what is reset. */
function isAskedFor(tokens: readonly Token[], at: number): boolean {
  let before = at - 1;
  while (
    before >= 0 &&
    before > at - 4 &&
    small.has(tokens[before]?.word ?? '') &&
    !joins.has(tokens[before]?.word ?? '')
  ) {
    before -= 1;
  }
  const word = tokens[before]?.word ?? '';
  const isObject = isResetVerb(tokens[before]) !== 'no' || /^(?:revoke|clear|remove|disable|enable)$/.test(word);
  const isJoined = joins.has(word) && isPasswordWord(tokens[before - 1]);
  const isOwned = possessive(tokens[at - 1]) && !isPasswordWord(tokens[at + 1]);
  const isReset = isResetVerb(tokens[at + 1]) === 'certain' && at < 3;
  return isObject || isJoined || isOwned || isReset;
}

function possessive(token: Token | undefined): boolean {
  return token?.kind === 'word' && /(?:'s|s')$/.test(token.word);
}

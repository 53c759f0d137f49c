import { isNear } from './is-near.ts';
import type { Token } from './read-tokens.ts';

const certain = new Set('reset resett resset reseet re-set resetting reseting resetted'.split(' '));
const needsPassword = new Set(
  'change changing chnage chage renew renewing regenerate reissue rotate rst re-issue replace'.split(' '),
);
const otherWords = new Set('resent preset beset resets reseat roset'.split(' '));

/** Whether a token says to reset: `certain` by itself, `with-password` only together with a word for password. */
export function isResetVerb(token: Token | undefined): 'certain' | 'with-password' | 'no' {
  if (token?.kind !== 'word' || otherWords.has(token.word)) {
    return 'no';
  }
  if (certain.has(token.word)) {
    return 'certain';
  }
  return needsPassword.has(token.word) || isNear(token.word, 'reset') ? 'with-password' : 'no';
}

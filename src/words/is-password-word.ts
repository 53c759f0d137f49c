import { isNear } from './is-near.ts';
import type { Token } from './read-tokens.ts';

const shortForms = new Set(
  'password passwords pw pwd pwds pws psw psswd passwd pass passcode passphrase p/w pword pwrd passwort paswrod credentials creds'.split(
    ' ',
  ),
);

/** Whether a token names a password, with a slip of the keyboard or in short. */
export function isPasswordWord(token: Token | undefined): boolean {
  if (token?.kind !== 'word') {
    return false;
  }
  return shortForms.has(token.word) || isNear(token.word, 'password') || dropsLetters(token.word, 'password');
}

/** `paswrd`, `pswrd`: the letters of `key` in order, up to three missing, the first one there. */
function dropsLetters(word: string, key: string): boolean {
  if (word.length < key.length - 3 || word.length >= key.length || !word.startsWith(key.charAt(0))) {
    return false;
  }
  let found = 0;
  for (const letter of key) {
    found += word.charAt(found) === letter ? 1 : 0;
  }
  return found === word.length;
}

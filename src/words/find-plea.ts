import { isPasswordWord } from './is-password-word.ts';
import type { Token } from './read-tokens.ts';

/** Where the sentence says to reset: the tokens from `from` up to `to`, and whether a word for password is among them. */
export type Action = {
  readonly from: number;
  readonly to: number;
  readonly hasPassword: boolean;
  /** It tells of a reset that was made (`we reset …`, `was reset`), or asks about one. */
  readonly isPast: boolean;
  /** Nobody said to reset: it is told that the password is forgotten, lost or expired. */
  readonly isPlea?: boolean;
};

const longest = 9;
const pleas = [
  '(?:(?:has|have|had|keeps|seems to have) )?(?:(?:just|again|now) )?(?:forgot|forgotten|forgets|forgetting|lost) (?:(?:his|her|their|the) )?password',
  "(?:can't|cant|cannot|doesn't|doesnt|couldn't) (?:remember|recall) (?:his|her|their|the) password",
  '(?:(?:his|her|their) )?password (?:has |is |just )*expired',
];
/** `forgot the password manager`, `lost the password to the safe`: that is not the password of an account. */
const otherThing = '(?! (?:manager|vault|book|list|hint|to|(?:for|of) (?:the|a|an|his|her|their|our)) ?)';
const plea = new RegExp(`^(?:${pleas.join('|')})${otherThing}(?= |$)`);

/** Finds the first place that tells that a password is forgotten, lost or expired, which is as good as asking for another. */
export function findPlea(tokens: readonly Token[]): Action | undefined {
  for (let at = 0; at < tokens.length; at += 1) {
    const said = tokens
      .slice(at, at + longest)
      .map((token) => (isPasswordWord(token) ? 'password' : token.word || '*'))
      .join(' ');
    const [found] = plea.exec(said) ?? [];
    if (found !== undefined && tokens[at]?.kind === 'word') {
      return { from: at, to: at + found.split(' ').length, hasPassword: true, isPast: false, isPlea: true };
    }
  }
  return undefined;
}

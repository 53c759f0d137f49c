import type { Reading } from './command.ts';
import { isPasswordWord } from './is-password-word.ts';
import { isResetVerb } from './is-reset-verb.ts';
import { plainWords } from './plain-words.ts';
import type { Token } from './read-tokens.ts';
import { wordsIn } from './words-in.ts';

/** Whether a reading without a customer is but ordinary words, which nothing makes a name: `info` in `password reset info please`. */
export function isPlainTalk({ user, customer }: Reading, tokens: readonly Token[]): boolean {
  const words = wordsIn(user);
  const [first] = words;
  if (customer !== undefined || !words.every((word) => plainWords.has(word))) {
    return false;
  }
  return !tokens.some(
    (token, at) =>
      token.kind === 'quoted' ||
      (wordsIn(token.text)[0] === first &&
        (/(?:'s|s')$/.test(token.word) ||
          /^(?:for|of|user|username|mailbox|name)$/.test(tokens[at - 1]?.word ?? '') ||
          tokens[at - 1]?.text === ':' ||
          (isResetVerb(tokens[at - 1]) === 'certain' && !isPasswordWord(tokens[at - 2])))),
  );
}

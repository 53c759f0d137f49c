import { Secret } from '../../base/index.ts';
import { countCharacterClasses, createEntraPasswordCheck } from './entra-password-rules.ts';
import wordList from './word-list.json' with { type: 'json' };

const minPasswordLength = 15;
const maxCandidates = 1000;

/** Whose password it is: words that can be dictated, or for administrators 16 random characters. */
export type PasswordKind = 'ordinary' | 'administrator';

/**
 * Makes a password that Entra accepts. It has 15 characters or more and all four classes. No run of four characters of
 * `names` occurs in it: the names, addresses and domains of the person and the customer.
 *
 * `randomInt(max)` returns a whole number from 0 to `max - 1`, each equally likely, such as `crypto.randomInt`. A candidate is
 * drawn as a whole and rejected as a whole, so the choice stays uniform. Throws a `PasswordError` after 1,000 rejected
 * candidates, or when `randomInt` returns a number outside its range.
 */
export function makePassword({
  names,
  kind,
  randomInt,
}: {
  readonly names: readonly string[];
  readonly kind: PasswordKind;
  readonly randomInt: (max: number) => number;
}): Secret {
  const pick = <Item>(from: readonly Item[]): Item => {
    const index = randomInt(from.length);
    const item = Number.isInteger(index) && index >= 0 ? from[index] : undefined;
    if (item === undefined) {
      throw new PasswordError('bad-random');
    }
    return item;
  };
  const problemsOf = createEntraPasswordCheck({ names, bannedWords: [] });
  for (let candidates = 0; candidates < maxCandidates; candidates += 1) {
    const candidate = draw(kind, pick);
    if (
      candidate.length >= minPasswordLength &&
      countCharacterClasses(candidate) === 4 &&
      problemsOf(candidate).length === 0
    ) {
      return new Secret(candidate);
    }
  }
  throw new PasswordError('no-candidate');
}

function draw(kind: PasswordKind, pick: <Item>(from: readonly Item[]) => Item): string {
  switch (kind) {
    case 'ordinary':
      return drawPhrase(pick);
    case 'administrator':
      return drawCharacters(pick);
  }
}

const phraseWords = wordList.filter((word) => /^[a-z]+$/.test(word));
const phraseDigits = ['2', '3', '4', '5', '6', '7', '8', '9'] as const;

/**
 * Draws `Word-word-word-word-NN`: four words of the EFF long list, drawn with replacement, and two digits without 0
 * and 1, which look like letters. About 58 bits, 18 to 42 characters, all four classes. Were every word in it banned,
 * it would still have the five points that Entra asks for.
 */
function drawPhrase(pick: <Item>(from: readonly Item[]) => Item): string {
  const lower = [pick(phraseWords), pick(phraseWords), pick(phraseWords), pick(phraseWords)].join('-');
  return `${lower.charAt(0).toUpperCase()}${lower.slice(1)}-${pick(phraseDigits)}${pick(phraseDigits)}`;
}

const unambiguousCharacters = 'ACDEFGHJKLMNPQRTUVWXYabcdefghjkmnpqrtuvwxy23456789+=%?'.split('');

/**
 * Draws 16 of 54 characters that every keyboard has, about 92 bits. Of each pair that looks alike in print, one character is
 * left out (`O 0`, `I l 1`, `S 5`, `Z 2`, `B 8`).
 */
function drawCharacters(pick: <Item>(from: readonly Item[]) => Item): string {
  return Array.from({ length: 16 }, () => pick(unambiguousCharacters)).join('');
}

/** Why no password could be made: the random source misbehaves, or the names leave nothing to draw. */
type PasswordErrorCode = 'bad-random' | 'no-candidate';

const sentences = {
  'bad-random': 'The random source gave a number outside the range that was asked for.',
  'no-candidate': 'No password without a part of the given names was found in the allowed number of draws.',
} satisfies Record<PasswordErrorCode, string>;

/** No password could be made. It holds no candidate and no name. */
class PasswordError extends Error {
  readonly code: PasswordErrorCode;

  constructor(code: PasswordErrorCode) {
    super(sentences[code]);
    this.name = 'PasswordError';
    this.code = code;
  }
}

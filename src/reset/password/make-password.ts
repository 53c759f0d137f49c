import { Secret } from '../../base/index.ts';
import blockedWords from './blocked-words.json' with { type: 'json' };
import { countCharacterClasses, createEntraPasswordCheck } from './entra-password-rules.ts';
import wordList from './word-list.json' with { type: 'json' };

const minPasswordLength = 15;

/** So many characters fit on one line of a card that is 320 pixels wide. */
const maxPasswordLength = 33;

const maxCandidates = 1000;

/** Whose password it is: words that can be dictated, or for administrators 16 random characters. */
export type PasswordKind = 'ordinary' | 'administrator';

/**
 * Makes a password that Entra accepts. It has 15 to 33 characters and all four classes. No run of four characters of
 * `names` occurs in it: the names, addresses and domains of the person and the customer. Nor does a blocked word.
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
      candidate.length <= maxPasswordLength &&
      countCharacterClasses(candidate) === 4 &&
      !holdsBlockedWord(candidate) &&
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

const phraseWords = 5;

const phraseDigits = 3;

const unambiguousDigits = ['2', '3', '4', '5', '6', '7', '8', '9'] as const;

/**
 * Draws `WordWordWordWordWord_NNN`: five words of the list, drawn with replacement, and three digits without 0 and 1,
 * which look like letters. Five words of six letters are too long for one line, and 528 of the 1,024 have six. That leaves
 * (1,024⁵ − 528⁵) · 8³ ≈ 2^58.94 passwords of 19 to 33 characters, each equally likely, in all four classes. What is drawn
 * again because of a name takes a few hundredths of a bit away. Were every word in it banned, it would still have nine
 * points of the five that Entra asks for.
 *
 * A double click in Chromium selects letters, digits and underscores as one word. Every other sign that was tried ends the
 * selection, except for the apostrophe, which phones turn into another sign. See docs/passwords.md.
 */
function drawPhrase(pick: <Item>(from: readonly Item[]) => Item): string {
  const words = Array.from({ length: phraseWords }, () => pick(wordList));
  const digits = Array.from({ length: phraseDigits }, () => pick(unambiguousDigits));
  return `${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}_${digits.join('')}`;
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

/** Shorter ones stand inside too many good words, such as `class`. The list of words has none of them as a word. */
const shortestInside = 4;

const blockedInside = blockedWords.filter((word) => word.length >= shortestInside);

/** Whether a blocked word of four letters or more stands in the password, also across the border of two words. Case is ignored. */
export function holdsBlockedWord(password: string): boolean {
  const text = password.toLowerCase();
  return blockedInside.some((word) => text.includes(word));
}

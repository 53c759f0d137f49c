import { Secret } from '../../secret.ts';
import { countCharacterClasses } from './count-character-classes.ts';
import { drawCharacters } from './draw-characters.ts';
import { drawPhrase } from './draw-phrase.ts';
import { entraPasswordRules } from './entra-password-rules.ts';
import { PasswordError } from './password-error.ts';

const shortest = 15;
const mostCandidates = 1000;

/** Whose password it is: words that can be dictated, or for administrators 16 random characters. */
export type PasswordKind = 'ordinary' | 'administrator';

/**
 * Makes a password that Entra accepts: 15 characters or more, all four classes, no part of four characters or more of
 * `names` (the person's and the customer's names, addresses and domains). `randomInt(max)` gives a whole number
 * from 0 up to but without `max`, each as likely, such as `crypto.randomInt`; a candidate is drawn whole and thrown
 * away whole. Throws a `PasswordError` when 1,000 candidates were thrown away or the random source misbehaves.
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
  const problemsOf = entraPasswordRules({ names, bannedWords: [] });
  for (let candidates = 0; candidates < mostCandidates; candidates += 1) {
    const candidate = draw(kind, pick);
    if (candidate.length >= shortest && countCharacterClasses(candidate) === 4 && problemsOf(candidate).length === 0) {
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

import { countCharacterClasses } from './count-character-classes.ts';
import { countEntraPoints } from './count-entra-points.ts';
import { nameParts } from './name-parts.ts';

/** A rule of Entra that a password breaks. */
export type EntraPasswordProblem =
  'too-short' | 'too-long' | 'not-ascii' | 'too-few-classes' | 'holds-a-name' | 'too-few-points';

/**
 * Makes a function that gives the rules of Entra that a password breaks, none if it is good: 8 to 256 characters of
 * ASCII, three of four classes, no four characters of a name (UPN, first, last, company) in a row, five points or more.
 * Microsoft's own list of banned words is not public: `bannedWords` are those assumed.
 * https://learn.microsoft.com/entra/identity/authentication/concept-password-ban-bad-combined-policy
 */
export function entraPasswordRules({
  names,
  bannedWords,
}: {
  readonly names: readonly string[];
  readonly bannedWords: readonly string[];
}): (password: string) => readonly EntraPasswordProblem[] {
  const forbidden = new Set(names.flatMap(nameParts));
  const rules: Record<EntraPasswordProblem, (password: string) => boolean> = {
    'too-short': (password) => password.length < 8,
    'too-long': (password) => password.length > 256,
    'not-ascii': (password) => !/^[\x20-\x7e]*$/.test(password),
    'too-few-classes': (password) => countCharacterClasses(password) < 3,
    'holds-a-name': (password) => nameParts(password).some((part) => forbidden.has(part)),
    'too-few-points': (password) => countEntraPoints(password, bannedWords) < 5,
  };
  return (password) => problems.filter((problem) => rules[problem](password));
}

const problems: readonly EntraPasswordProblem[] = [
  'too-short',
  'too-long',
  'not-ascii',
  'too-few-classes',
  'holds-a-name',
  'too-few-points',
];

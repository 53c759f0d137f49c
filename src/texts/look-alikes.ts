import { skeletonOf } from '../base/index.ts';

/**
 * Spells out by which characters a name differs from others that look the same: `“rn” is a small R and a small N`.
 * Undefined where none of the others looks like it. Not fit to be shown before it is sanitized, as the characters are from outside.
 */
export function describeLookAlike(name: string, others: readonly string[]): string | undefined {
  const twins = others.flatMap(wordsOf);
  const differences = wordsOf(name).flatMap((word) => {
    const look = skeletonOf(word);
    const twin = twins.find((other) => other !== word && skeletonOf(other) === look && !isSameLetters(other, word));
    return twin === undefined ? [] : [findDifference(word, twin)];
  });
  const [first] = differences;
  return first === undefined || first === ''
    ? undefined
    : lookAlikeTexts.differs(first, Array.from(first, nameCharacter).join(lookAlikeTexts.and));
}

function wordsOf(name: string): readonly string[] {
  return name.split(/[\s,.;:()]+/).filter((word) => word !== '');
}

/** A capital letter more or less is no other spelling. */
function isSameLetters(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** What is left of a word without the beginning and the end that both words have. */
function findDifference(word: string, twin: string): string {
  const [letters, others] = [[...word], [...twin]];
  let from = 0;
  while (from < letters.length && letters[from] === others[from]) from += 1;
  let end = 0;
  while (end < letters.length - from && end < others.length - from && letters.at(-1 - end) === others.at(-1 - end))
    end += 1;
  return letters.slice(from, letters.length - end).join('');
}

function nameCharacter(character: string): string {
  if (/^\d$/.test(character)) return lookAlikeTexts.digit(character);
  if (/^[a-z]$/.test(character)) return lookAlikeTexts.small(character);
  if (/^[A-Z]$/.test(character)) return lookAlikeTexts.capital(character);
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const alphabet = alphabets.find(([, pattern]) => pattern.test(character))?.[0];
  return alphabet === undefined ? lookAlikeTexts.sign(code) : lookAlikeTexts.letter(alphabet, code);
}

const alphabets: readonly (readonly [string, RegExp])[] = [
  ['Latin', /^\p{Script=Latin}$/u],
  ['Cyrillic', /^\p{Script=Cyrillic}$/u],
  ['Greek', /^\p{Script=Greek}$/u],
  ['Armenian', /^\p{Script=Armenian}$/u],
  ['Hebrew', /^\p{Script=Hebrew}$/u],
  ['Arabic', /^\p{Script=Arabic}$/u],
  ['Cherokee', /^\p{Script=Cherokee}$/u],
  ['Lisu', /^\p{Script=Lisu}$/u],
  ['Coptic', /^\p{Script=Coptic}$/u],
];

const lookAlikeTexts = {
  differs: (characters: string, names: string) => `looks like another: “${characters}” is ${names}`,
  and: ' and ',
  digit: (digit: string) => `the digit ${digit}`,
  small: (letter: string) => `a small ${letter.toUpperCase()}`,
  capital: (letter: string) => `a capital ${letter}`,
  letter: (alphabet: string, code: string) => `a letter of the ${alphabet} alphabet (U+${code})`,
  sign: (code: string) => `the sign U+${code}`,
} as const;

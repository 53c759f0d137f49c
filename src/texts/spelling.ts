/** How to say a password on the phone: how to read the lines, and one line after the other. */
export type Spelling = {
  readonly how: string;
  readonly lines: readonly { readonly label: string; readonly said: string }[];
};

/**
 * How to dictate a password on the phone. A password of words is said in words, its sign and its digits follow. Any other is
 * said character by character in the NATO alphabet, four to a line, and the line begins with those four. The lines give the
 * password away, so they stay where the password stays.
 */
export function spellAloud(password: string): Spelling {
  const { words, sign, digits } = phrasePattern.exec(password)?.groups ?? {};
  if (words !== undefined && sign !== undefined && digits !== undefined) {
    return {
      how: spellingTexts.howWords,
      lines: [
        { label: spellingTexts.words, said: join(words.match(/[A-Z][a-z]+/g) ?? []) },
        { label: spellingTexts.next, said: join([nameSign(sign), ...digits]) },
      ],
    };
  }
  const characters = Array.from(password);
  return {
    how: spellingTexts.howCharacters,
    lines: Array.from({ length: Math.ceil(characters.length / perLine) }, (_, line) => {
      const group = characters.slice(line * perLine, (line + 1) * perLine);
      return { label: group.join(''), said: join(group.map(sayCharacter)) };
    }),
  };
}

const phrasePattern = /^(?<words>(?:[A-Z][a-z]+){2,})(?<sign>_)(?<digits>\d+)$/;
const perLine = 4;

const natoWords = new Map(
  (
    'Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo ' +
    'Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu'
  )
    .split(' ')
    .map((word) => [word.charAt(0), word]),
);

const signNames = new Map([
  ['_', 'underscore'],
  ['-', 'hyphen'],
  ['+', 'plus sign'],
  ['=', 'equals sign'],
  ['%', 'percent sign'],
  ['?', 'question mark'],
  [' ', 'space'],
]);

function join(steps: readonly string[]): string {
  return steps.join(' · ');
}

function nameSign(sign: string): string {
  return signNames.get(sign) ?? spellingTexts.unnamedSign(sign);
}

function sayCharacter(character: string): string {
  if (/^\d$/.test(character)) return character;
  const word = natoWords.get(character.toUpperCase());
  if (word === undefined) return nameSign(character);
  return character === character.toUpperCase() ? spellingTexts.capitalLetter(word) : word.toLowerCase();
}

const spellingTexts = {
  howWords: 'Each word begins with a capital. There are no spaces.',
  howCharacters: 'A letter is small unless it is called capital.',
  words: 'Say',
  next: 'Then',
  capitalLetter: (word: string) => `capital ${word}`,
  unnamedSign: (sign: string) => `the sign ${sign}`,
} as const;

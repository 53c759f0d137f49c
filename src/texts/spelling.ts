/**
 * How to dictate a password on the phone, one step after the other. A password of words is said in words
 * (`Tulip with a capital T`, `hyphen`, `marble`, … `digit 4`). Any other is said character by character in the NATO
 * alphabet (`capital T as in Tango`). The steps give the password away, so they stay where the password stays.
 */
export function spellAloud(password: string): readonly string[] {
  if (!phrasePattern.test(password)) return Array.from(password, spellCharacter);
  return password
    .split(/(-)/)
    .flatMap((piece) => (/^[A-Za-z]/.test(piece) ? [spellWord(piece)] : Array.from(piece, spellCharacter)));
}

const phrasePattern = /^([A-Z])[a-z]+(?:-[a-z]+)+-\d+$/;

const natoWords = new Map(
  (
    'Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo ' +
    'Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu'
  )
    .split(' ')
    .map((word) => [word.charAt(0), word]),
);

const signNames = new Map([
  ['-', 'hyphen'],
  ['+', 'plus sign'],
  ['=', 'equals sign'],
  ['%', 'percent sign'],
  ['?', 'question mark'],
  [' ', 'space'],
]);

function spellWord(word: string): string {
  const first = word.charAt(0);
  return first === first.toLowerCase() ? word : spellingTexts.capitalWord(word, first);
}

function spellCharacter(character: string): string {
  if (/^\d$/.test(character)) return spellingTexts.digit(character);
  const sign = signNames.get(character);
  if (sign !== undefined) return sign;
  const word = natoWords.get(character.toUpperCase());
  if (word === undefined) return spellingTexts.unnamedSign(character);
  return character === character.toUpperCase()
    ? spellingTexts.capitalLetter(character, word)
    : spellingTexts.letter(character, word);
}

const spellingTexts = {
  capitalWord: (word: string, letter: string) => `${word} with a capital ${letter}`,
  capitalLetter: (letter: string, word: string) => `capital ${letter} as in ${word}`,
  letter: (letter: string, word: string) => `${letter} as in ${word}`,
  digit: (digit: string) => `digit ${digit}`,
  unnamedSign: (sign: string) => `the sign ${sign}`,
} as const;

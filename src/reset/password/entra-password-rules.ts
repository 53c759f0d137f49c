/** A rule of Entra that a password breaks. */
type EntraPasswordProblem =
  'too-short' | 'too-long' | 'not-ascii' | 'too-few-classes' | 'holds-a-name' | 'too-few-points';

/**
 * Makes a function that returns the rules of Entra that a password breaks. A good password breaks none. The rules:
 * 8 to 256 characters of ASCII. Three of four classes. No run of four characters of a name (UPN, first, last, company).
 * Five points or more. Microsoft's own list of banned words is not public, so `bannedWords` are assumed ones.
 * https://learn.microsoft.com/entra/identity/authentication/concept-password-ban-bad-combined-policy
 */
export function createEntraPasswordCheck({
  names,
  bannedWords,
}: {
  readonly names: readonly string[];
  readonly bannedWords: readonly string[];
}): (password: string) => readonly EntraPasswordProblem[] {
  const forbidden = new Set(names.flatMap(readNameParts));
  const rules: Record<EntraPasswordProblem, (password: string) => boolean> = {
    'too-short': (password) => password.length < 8,
    'too-long': (password) => password.length > 256,
    'not-ascii': (password) => !/^[\x20-\x7e]*$/.test(password),
    'too-few-classes': (password) => countCharacterClasses(password) < 3,
    'holds-a-name': (password) => readNameParts(password).some((part) => forbidden.has(part)),
    'too-few-points': (password) => countEntraPoints(password, bannedWords) < 5,
  };
  return (password) => entraPasswordProblems.filter((problem) => rules[problem](password));
}

const entraPasswordProblems: readonly EntraPasswordProblem[] = [
  'too-short',
  'too-long',
  'not-ascii',
  'too-few-classes',
  'holds-a-name',
  'too-few-points',
];

/**
 * The points Entra gives a password. Each banned word in its normalised form counts one, and so does every other character.
 * Of all ways to read the password, the one with the fewest points counts. A password that is a banned word except for one
 * edit (a character more, less or other) has one point.
 * https://learn.microsoft.com/entra/identity/authentication/concept-password-ban-bad#score-calculation
 */
export function countEntraPoints(password: string, bannedWords: readonly string[]): number {
  const text = normalizePassword(password);
  const words = bannedWords.map(normalizePassword);
  if (words.some((word) => isWithinOneEdit(text, word))) {
    return 1;
  }
  const lengthsAt = (start: number) =>
    words.filter((word) => word !== '' && text.startsWith(word, start)).map((word) => word.length);
  const pointsTo = Array.from({ length: text.length + 1 }, (_, end) => end);
  for (let start = 0; start < text.length; start += 1) {
    const points = (pointsTo[start] ?? start) + 1;
    for (const length of [1, ...lengthsAt(start)]) {
      const end = start + length;
      pointsTo[end] = Math.min(pointsTo[end] ?? end, points);
    }
  }
  return pointsTo[text.length] ?? 0;
}

function isWithinOneEdit(one: string, other: string): boolean {
  const longer = Math.max(one.length, other.length);
  const shorter = Math.min(one.length, other.length);
  let ahead = 0;
  while (ahead < shorter && one[ahead] === other[ahead]) {
    ahead += 1;
  }
  let behind = 0;
  while (behind < shorter - ahead && one.at(-1 - behind) === other.at(-1 - behind)) {
    behind += 1;
  }
  return longer - ahead - behind <= 1;
}

/** How many of the four classes a password has: lower case, upper case, digits, and anything else. */
export function countCharacterClasses(password: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((characterClass) => characterClass.test(password)).length;
}

const namePartLength = 4;

/**
 * All runs of four characters in a name, a UPN or a password. The text is normalised first. It is read once as it stands, and
 * once with letters and digits only, so `x-Ann-Lee` and `annlee` have runs in common. Shorter texts have none.
 */
function readNameParts(text: string): readonly string[] {
  const normalised = normalizePassword(text);
  const squeezed = normalised.replaceAll(/[^\p{Letter}\p{Number}]/gu, '');
  return squeezed === normalised ? partsOf(normalised) : [...partsOf(normalised), ...partsOf(squeezed)];
}

function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  for (let end = namePartLength; end <= text.length; end += 1) {
    parts.push(text.slice(end - namePartLength, end));
  }
  return parts;
}

/**
 * The form in which Entra looks for names and banned words: lower case, with `0→o 1→l $→s @→a`.
 * Accents are taken off too, so that a name such as Zoë is found in its plain spelling.
 * https://learn.microsoft.com/entra/identity/authentication/concept-password-ban-bad
 */
function normalizePassword(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll('0', 'o')
    .replaceAll('1', 'l')
    .replaceAll('$', 's')
    .replaceAll('@', 'a');
}

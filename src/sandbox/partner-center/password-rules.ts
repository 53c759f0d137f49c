import type { Secret } from '../../base/index.ts';

/** Words a password may not lean on; Microsoft's own list is not public, so these stand for it. */
const bannedWords = [
  'password',
  'passwort',
  'welcome',
  'letmein',
  'qwerty',
  'contoso',
  'microsoft',
  'office',
  'admin',
  'login',
  'secret',
  'dragon',
  'monkey',
  'football',
  'baseball',
  'sunshine',
  'princess',
  'iloveyou',
  'summer',
  'winter',
  'spring',
  'autumn',
  'monday',
  'sunday',
  'january',
  'december',
  'abcdef',
  '123456',
  '12345678',
  'qwertz',
  'asdfgh',
  'changeme',
  'company',
];
const minPoints = 5;
const minNameLength = 4;

/**
 * Finds the rule of Microsoft Entra that a password breaks, or undefined. It needs 8 to 256 ASCII characters of three out of
 * four classes. It contains no name of the user or the tenant that has four letters or more. It needs five points: a banned
 * word counts one, and so does every other character. See
 * https://learn.microsoft.com/entra/identity/authentication/concept-password-ban-bad
 */
export function findPasswordProblem(password: Secret, names: readonly string[]): string | undefined {
  return password.reveal((text) => {
    if (text.length < 8 || text.length > 256) return 'length';
    if (!/^[ -~]*$/.test(text)) return 'characters';
    const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((one) => one.test(text));
    if (classes.length < 3) return 'classes';
    const plain = normalizePassword(text);
    const forbidden = names.flatMap((name) => normalizePassword(name).split(/[^\p{L}\p{N}]+/u));
    if (forbidden.some((name) => name.length >= minNameLength && plain.includes(name))) return 'name';
    return scorePassword(plain) < minPoints ? 'banned' : undefined;
  });
}

/** Entra's simplification of a text before it compares: `0→o 1→l $→s @→a`, small letters. */
function normalizePassword(text: string): string {
  const replacements: Readonly<Record<string, string>> = { '0': 'o', '1': 'l', $: 's', '@': 'a' };
  return text.toLowerCase().replaceAll(/[01$@]/g, (character) => replacements[character] ?? character);
}

/** The fewest points by which the whole text can be read as banned words and single characters. */
function scorePassword(text: string): number {
  const banned = bannedWords.map(normalizePassword);
  const best: number[] = [0];
  for (let end = 1; end <= text.length; end += 1) {
    const starts = banned
      .filter((word) => text.endsWith(word, end))
      .map((word) => end - word.length)
      .concat(end - 1);
    best.push(1 + Math.min(...starts.map((start) => best[start] ?? end)));
  }
  return best[text.length] ?? 0;
}

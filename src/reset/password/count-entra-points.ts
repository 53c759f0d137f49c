import { normalisePassword } from './normalise-password.ts';

/**
 * The points Entra gives a password: one for each banned word in its normalised form, one for every other character;
 * of all ways to read it the cheapest counts. A password that is a banned word but for one edit (a character more, less
 * or other) has one point.
 * https://learn.microsoft.com/entra/identity/authentication/concept-password-ban-bad#score-calculation
 */
export function countEntraPoints(password: string, bannedWords: readonly string[]): number {
  const text = normalisePassword(password);
  const words = bannedWords.map(normalisePassword);
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

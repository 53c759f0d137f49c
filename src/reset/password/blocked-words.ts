import blockedWords from './blocked-words.json' with { type: 'json' };

/** Shorter ones stand inside too many good words, such as `class`. The list of words has none of them as a word. */
const shortestInside = 4;
const blockedInside = blockedWords.filter((word) => word.length >= shortestInside);

/** Whether a blocked word of four letters or more stands in the password, also across the border of two words. Case is ignored. */
export function holdsBlockedWord(password: string): boolean {
  const text = password.toLowerCase();
  return blockedInside.some((word) => text.includes(word));
}

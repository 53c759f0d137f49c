/**
 * Which letters a word has: one bit each for a to z, and five for digits and all the others. A word that is few edits
 * away has few other bits, so most words need no closer look.
 */
export function lettersOf(word: string): number {
  let bits = 0;
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at);
    if (code >= 97 && code <= 122) bits |= 1 << (code - 97);
    else bits |= 1 << (26 + (code % 5));
  }
  return bits;
}

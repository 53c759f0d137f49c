const unambiguous = 'ACDEFGHJKLMNPQRTUVWXYabcdefghjkmnpqrtuvwxy23456789+=%?'.split('');

/**
 * Draws 16 of 54 characters that every keyboard has, with one of each pair that is easily mistaken in print left out
 * (`O 0`, `I l 1`, `S 5`, `Z 2`, `B 8`). About 92 bits.
 */
export function drawCharacters(pick: <Item>(from: readonly Item[]) => Item): string {
  return Array.from({ length: 16 }, () => pick(unambiguous)).join('');
}

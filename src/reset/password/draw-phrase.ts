import wordList from './word-list.json' with { type: 'json' };

const words = wordList.filter((word) => /^[a-z]+$/.test(word));
const digits = ['2', '3', '4', '5', '6', '7', '8', '9'] as const;

/**
 * Draws `Word-word-word-word-NN`: four words of the EFF long list, drawn with replacement, and two digits without 0
 * and 1, which look like letters. About 58 bits, 18 to 42 characters, all four classes. Were every word in it banned,
 * it would still have the five points that Entra asks for.
 */
export function drawPhrase(pick: <Item>(from: readonly Item[]) => Item): string {
  const lower = [pick(words), pick(words), pick(words), pick(words)].join('-');
  return `${lower.charAt(0).toUpperCase()}${lower.slice(1)}-${pick(digits)}${pick(digits)}`;
}

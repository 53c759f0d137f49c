import type { Reading } from './command.ts';
import type { Token } from './read-tokens.ts';
import { spell } from './spell.ts';
import { wordsIn } from './words-in.ts';

/**
 * The words that a reading without a customer makes nothing of, run by run, as typed: ordinary words and ticket numbers
 * too, since a customer may be called like one. A word that is typed more often than the reading holds it counts.
 */
export function findPassedOver(
  readings: readonly Reading[],
  tokens: readonly Token[],
  ordered: ReadonlySet<Token>,
): readonly string[] {
  const unnamed = readings.filter(({ customer }) => customer === undefined);
  return [...new Set(unnamed.flatMap(({ user }) => findRuns(user, tokens, ordered)))];
}

function findRuns(user: string, tokens: readonly Token[], ordered: ReadonlySet<Token>): readonly string[] {
  const surplus = countWords(tokens.flatMap(({ text }) => wordsIn(text)));
  for (const word of wordsIn(user)) surplus.set(word, (surplus.get(word) ?? 0) - 1);
  const runs: Token[][] = [[]];
  for (const token of tokens) {
    const words = wordsIn(token.text);
    const isUsed = words.length > 0 && words.every((word) => (surplus.get(word) ?? 0) <= 0);
    if (isUsed || token.text === '\n' || ordered.has(token)) {
      runs.push([]);
    } else {
      runs.at(-1)?.push(token);
    }
  }
  return runs.map((run) => spell(run)).filter((run) => /[\p{L}\p{N}]/u.test(run));
}

function countWords(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

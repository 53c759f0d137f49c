import type { Reading } from '../reset/index.ts';
import { courtesies } from './courtesies.ts';

/** Words between a user and a customer: where one reading takes such a word into a name, it makes no more of the sentence. */
const links = new Set(['at', 'for', 'from', 'in', 'of', 'on', 'with']);

/**
 * The other readings of the same sentence that name a customer and make something of words that this one passes over.
 * Where there are such, this one may be right, but it is never enough by itself: a customer mistyped must not end at
 * another's. Around an address the name of the same person is not another word.
 */
export function fullerReadings(reading: Reading, readings: readonly Reading[]): readonly Reading[] {
  const count = reading.user.includes('@') ? countOnce : countEach;
  const own = count(wordsIn(reading));
  const isNothing = (word: string): boolean => links.has(word) || courtesies.has(word);
  return readings.filter((other) => {
    if (other.customer === undefined) return false;
    const theirs = count(wordsIn(other));
    const isMore = [...theirs].some(([word, times]) => !isNothing(word) && times > (own.get(word) ?? 0));
    return isMore && [...own].every(([word, times]) => isNothing(word) || (theirs.get(word) ?? 0) >= times);
  });
}

function countEach(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function countOnce(words: readonly string[]): ReadonlyMap<string, number> {
  return new Map(words.map((word) => [word, 1]));
}

/** Every word of a reading, as often as it is there, sorted: the same for two readings that split the same words. */
export function wordsIn({ user, customer }: Reading): readonly string[] {
  const text = `${user} ${customer ?? ''}`.toLowerCase().replaceAll(/['’]s?(?=\s|$)/g, '');
  return (text.match(/[\p{L}\p{N}]+/gu) ?? []).toSorted();
}

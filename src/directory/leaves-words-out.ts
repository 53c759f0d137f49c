import type { Reading } from '../reset/ports.ts';

/**
 * Whether another reading of the same sentence, one that names a customer, makes something of words that this one passes
 * over. Such a reading may be right, but it is never enough by itself: a customer mistyped must not end at another's.
 */
export function leavesWordsOut(reading: Reading, readings: readonly Reading[]): boolean {
  const own = wordsIn(reading);
  return readings.some((other) => {
    if (other.customer === undefined) return false;
    const theirs = wordsIn(other);
    return theirs.size > own.size && [...own].every((word) => theirs.has(word));
  });
}

function wordsIn({ user, customer }: Reading): ReadonlySet<string> {
  const text = `${user} ${customer ?? ''}`.toLowerCase().replaceAll(/['’]s?(?=\s|$)/g, '');
  return new Set(text.match(/[\p{L}\p{N}]+/gu));
}

import type { Reading } from '../reset/ports/partner-center.ts';

/** Every word of a reading, as often as it is there, sorted: the same for two readings that split the same words. */
export function wordsIn({ user, customer }: Reading): readonly string[] {
  const text = `${user} ${customer ?? ''}`.toLowerCase().replaceAll(/['’]s?(?=\s|$)/g, '');
  return (text.match(/[\p{L}\p{N}]+/gu) ?? []).toSorted();
}

import { z } from 'zod';

/** Names exactly the words of a union: the compiler misses one that is forgotten. */
export function oneOf<Word extends string>(words: Readonly<Record<Word, true>>) {
  return z.custom<Word>((value) => typeof value === 'string' && Object.hasOwn(words, value));
}

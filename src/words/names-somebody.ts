import { isOrdinary } from './is-ordinary.ts';
import type { Token } from './read-tokens.ts';

const places = new Set('at from in @'.split(' '));
const articles = new Set('the our a an'.split(' '));

/** Whether a token from `from` up to `to` may name a person: not where it stands as a place, as in `at Contoso`. */
export function namesSomebody(tokens: readonly Token[], from: number, to: number): boolean {
  let isPlace = false;
  for (let at = from; at < to; at += 1) {
    const word = tokens[at]?.word ?? '';
    if (places.has(word)) {
      isPlace = true;
    } else if (isOrdinary(tokens, at)) {
      isPlace = isPlace && articles.has(word);
    } else if (!isPlace) {
      return true;
    }
  }
  return false;
}

import { countEdits } from './count-edits.ts';
import { splitWords } from './fold-name.ts';

/**
 * Whether what was typed may hold this whole name. It does if it has the same letters, wherever the spaces stand, or if
 * it has each word of the name among other words. A typing error or two are allowed.
 */
export function holdsName(typed: string, name: string): boolean {
  const [theirs, words] = [splitWords(typed), splitWords(name)];
  if (words.length === 0) return false;
  return isNear(theirs.join(''), words.join('')) || words.every((word) => theirs.some((other) => isNear(other, word)));
}

function isNear(typed: string, word: string): boolean {
  const most = word.length < 8 ? 1 : 2;
  return countEdits(typed, word, most) <= most;
}

/** Whether what was typed may be this name with one letter wrong, wherever the spaces and signs stand. */
export function mayBeMeant(typed: string, name: string): boolean {
  const word = splitWords(name).join('');
  return word !== '' && countEdits(splitWords(typed).join(''), word, 1) <= 1;
}

import { countEdits } from './count-edits.ts';
import { splitWords } from './fold-name.ts';

/** Whether what was typed may be this name with one letter wrong, wherever the spaces and signs stand. */
export function mayBeMeant(typed: string, name: string): boolean {
  const word = splitWords(name).join('');
  return word !== '' && countEdits(splitWords(typed).join(''), word, 1) <= 1;
}

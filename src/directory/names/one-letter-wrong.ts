import { countEdits } from './count-edits.ts';
import { foldName, splitWords } from './fold-name.ts';

/** Whether what was typed may be this name with one letter wrong, wherever the spaces and signs stand. */
export function mayBeMeant(typed: string, name: string): boolean {
  return [joinLoosened, joinFolded].some((join) => {
    const word = join(name);
    return word !== '' && countEdits(join(typed), word, 1) <= 1;
  });
}

function joinLoosened(name: string): string {
  return splitWords(name).join('');
}

/** Loosened, `Lae` is `La`, which is two letters from Lake. */
function joinFolded(name: string): string {
  return foldName(name).replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

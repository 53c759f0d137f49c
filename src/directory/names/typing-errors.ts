import { foldName, splitWords } from './fold-name.ts';

/**
 * How many letters are missing, added, changed, or swapped with their neighbour between two words; anything above
 * `most` counts as `most + 1`.
 */
export function countEdits(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  if (one !== other && one.charCodeAt(0) === other.charCodeAt(0)) return countEdits(one.slice(1), other.slice(1), most);
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    let least = row;
    for (let at = 1; at <= other.length; at += 1) {
      const isSame = one.charCodeAt(row - 1) === other.charCodeAt(at - 1);
      let edits = Math.min((last[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1, (last[at - 1] ?? 0) + (isSame ? 0 : 1));
      const isSwapped =
        row > 1 &&
        at > 1 &&
        one.charCodeAt(row - 1) === other.charCodeAt(at - 2) &&
        one.charCodeAt(row - 2) === other.charCodeAt(at - 1);
      if (isSwapped) edits = Math.min(edits, (before[at - 2] ?? 0) + 1);
      next.push(edits);
      least = Math.min(least, edits);
    }
    if (least > most) return most + 1;
    [before, last] = [last, next];
  }
  return Math.min(last[other.length] ?? 0, most + 1);
}

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

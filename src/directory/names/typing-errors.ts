import { foldName, splitWords } from './fold-name.ts';

/**
 * How many letters are missing, added, changed, or swapped with their neighbour between two words; anything above
 * `most` counts as `most + 1`.
 */
export function countEdits(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  // What both begin with and end with costs nothing; few words are left that need the table.
  let start = 0;
  let [end, otherEnd] = [one.length, other.length];
  while (start < end && start < otherEnd && one.charCodeAt(start) === other.charCodeAt(start)) start += 1;
  while (end > start && otherEnd > start && one.charCodeAt(end - 1) === other.charCodeAt(otherEnd - 1)) {
    end -= 1;
    otherEnd -= 1;
  }
  const [left, otherLeft] = [end - start, otherEnd - start];
  if (left === 0 || otherLeft === 0) return Math.min(left + otherLeft, most + 1);
  // One edit is one letter on either side, or two that are swapped.
  if (most === 1 && (left > 2 || left !== otherLeft)) return most + 1;
  return countInTable(one.slice(start, end), other.slice(start, otherEnd), most);
}

function countInTable(one: string, other: string, most: number): number {
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

/** The distance of one wrong letter, as the index counts it. */
export const oneLetter = 2;

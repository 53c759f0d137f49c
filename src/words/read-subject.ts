import type { Reading } from './command.ts';
import { findTailCuts } from './find-tail-cuts.ts';
import { isNameMark } from './is-name-mark.ts';
import type { Token } from './read-tokens.ts';
import { splitSubject } from './split-subject.ts';

/** The readings of a run that names person and customer and may go on with courtesy or reasons; the likeliest end first. */
export function readSubject(tokens: readonly Token[]): readonly Reading[] {
  const lists = findTailCuts(tokens).map((end) => splitSubject(trimEnd(tokens.slice(0, end))));
  const [first = [], ...others] = lists;
  const shares =
    others.length === 0 ? [] : others.map((list, index) => list.slice(0, index === others.length - 1 ? 3 : 2));
  const kept = others.length === 0 ? first : first.slice(0, Math.max(5, 12 - shares.flat().length));
  return [...kept, ...shares.flat(), ...first.slice(kept.length)];
}

function trimEnd(tokens: readonly Token[]): readonly Token[] {
  const last = tokens.findLastIndex((token) => token.kind !== 'mark' || isNameMark(token));
  return tokens.slice(0, last + 1);
}

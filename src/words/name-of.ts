import type { Token } from './read-tokens.ts';
import { spell } from './spell.ts';

const openings = '([{<';
const closings = ')]}>';

/** The name that a run of tokens spells, as typed, without marks around it or the quotes of a quoted name. */
export function nameOf(tokens: readonly Token[]): string | undefined {
  const kept = trimMarks(tokens);
  const [only] = kept;
  if (kept.length === 1 && only?.kind === 'quoted') {
    return only.text.slice(1, -1).trim().replaceAll('\n', ' ');
  }
  const name = spell(kept);
  return /[\p{L}\p{N}]/u.test(name) ? name : undefined;
}

/** Brackets stay where they belong to the name, as in `Contoso (UK)`; a pair around the whole name goes. */
function trimMarks(tokens: readonly Token[]): readonly Token[] {
  let from = 0;
  let to = tokens.length;
  let opened = countMarks(tokens, openings);
  let closed = countMarks(tokens, closings);
  while (to > from && isMark(tokens[to - 1])) {
    const isClosing = isMark(tokens[to - 1], closings);
    if (isClosing && closed <= opened && !(opened === 1 && isMark(tokens[from], openings))) {
      break;
    }
    closed -= isClosing ? 1 : 0;
    opened -= isMark(tokens[to - 1], openings) ? 1 : 0;
    to -= 1;
  }
  while (from < to && isMark(tokens[from])) {
    const isOpening = isMark(tokens[from], openings);
    if (isOpening && opened <= closed) {
      break;
    }
    opened -= isOpening ? 1 : 0;
    from += 1;
  }
  return tokens.slice(from, to);
}

function isMark(token: Token | undefined, signs?: string): boolean {
  return token?.kind === 'mark' && (signs === undefined || signs.includes(token.text));
}

function countMarks(tokens: readonly Token[], signs: string): number {
  return tokens.filter((token) => isMark(token, signs)).length;
}

import { findQuoteClose } from './find-quote-close.ts';
import { isAddress } from './is-address.ts';
import { opensQuote } from './opens-quote.ts';
import { vocabulary } from './vocabulary.ts';

/** A piece of a message: `text` as typed, `word` in lower case for comparing, `spaced` where a space stood before it. */
export type Token = {
  readonly kind: 'word' | 'quoted' | 'address' | 'mark';
  readonly text: string;
  readonly word: string;
  readonly spaced: boolean;
};

const marks = new Set(',;:()[]{}<>=|"\n');
const longestAbbreviation = 12;
const edges = new Set('.!?*`~_');

/** Cuts a text into words, quoted names, addresses and marks, in one pass from left to right. */
export function readTokens(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const add = (kind: Token['kind'], piece: string, spaced: boolean): void => {
    tokens.push({ kind, text: piece, word: kind === 'quoted' ? '' : plainWord(piece), spaced });
  };
  let spaced = true;
  const unclosed = new Set<string>();
  for (let at = 0; at < text.length;) {
    const character = text.charAt(at);
    if (character !== '\n' && /\s/.test(character)) {
      spaced = true;
      at += 1;
      continue;
    }
    const opens = opensQuote(text, at);
    const close: number = opens && !unclosed.has(character) ? findQuoteClose(text, at) : -1;
    if (opens && close === -1) {
      unclosed.add(character);
    }
    if (close > at && text.slice(at + 1, close).trim() !== '') {
      add('quoted', text.slice(at, close + 1), spaced);
      at = close + 1;
    } else if (marks.has(character)) {
      add('mark', character, spaced);
      at += 1;
    } else {
      const end = findWordEnd(text, at);
      addWord(text.slice(at, end), spaced, add);
      at = end;
    }
    spaced = character === '\n';
  }
  return tokens;
}

type Add = (kind: Token['kind'], piece: string, spaced: boolean) => void;

function addWord(chunk: string, spaced: boolean, add: Add): void {
  let start = 0;
  let end = chunk.length;
  while (start < end && (edges.has(chunk.charAt(start)) || (chunk.length > 1 && /[@/]/.test(chunk.charAt(start))))) {
    start += 1;
  }
  while (
    end > start &&
    edges.has(chunk.charAt(end - 1)) &&
    !endsAbbreviation(chunk.slice(Math.max(start, end - longestAbbreviation), end))
  ) {
    end -= 1;
  }
  const core = chunk.slice(start, end);
  let isSpaced = spaced;
  const addNext: Add = (kind, piece) => {
    add(kind, piece, isSpaced);
    isSpaced = false;
  };
  for (const mark of chunk.slice(0, start)) {
    addNext('mark', mark, isSpaced);
  }
  if (isAddress(core)) {
    addNext('address', core, isSpaced);
  } else {
    for (const piece of core.split(/(@|(?<=\p{L}{3})\/(?=\p{L}{3}))/u).filter(Boolean)) {
      addNext(/[\p{L}\p{N}&+']/u.test(piece) ? 'word' : 'mark', piece, isSpaced);
    }
  }
  for (const mark of chunk.slice(end)) {
    addNext('mark', mark, isSpaced);
  }
}

function findWordEnd(text: string, from: number): number {
  let end = from + 1;
  while (end < text.length && !marks.has(text.charAt(end)) && !/\s/.test(text.charAt(end))) {
    end += 1;
  }
  return end;
}

/** `Inc.`, `J.`, `S.A.` keep their last point, `contoso.com.` and `Contoso.` lose it. */
function endsAbbreviation(chunk: string): boolean {
  if (!/[^.]\.$/.test(chunk) || chunk.includes('@')) {
    return false;
  }
  const last = chunk.slice(chunk.lastIndexOf('.', chunk.length - 2) + 1, -1).toLowerCase();
  return /^\p{L}$/u.test(last) || vocabulary.abbreviations.has(last);
}

function plainWord(piece: string): string {
  const lower = piece.toLowerCase().replaceAll(/[‘’]/g, "'");
  return lower.length > 1 && lower.endsWith('.') ? lower.slice(0, -1) : lower;
}

/** A piece of a message. `key` is `text` in lower case, without accents and without a possessive ending. */
export type Token = {
  readonly kind: 'word' | 'mark';
  readonly text: string;
  readonly key: string;
  /** Where it stands in the text; `end` is the first character behind it. */
  readonly start: number;
  readonly end: number;
  /** `Doe's` and `James'`. */
  readonly isPossessive: boolean;
  /** The key is not what was typed: two neighbouring letters of it were swapped. */
  readonly isRespelled: boolean;
  /** Which quoted piece it belongs to, counted from 1. */
  readonly quote: number | undefined;
};

const edge = /^[\p{L}\p{N}]$/u;
const possessive = /(?<=\p{L})(?:'s|(?<=s)')$/iu;

/**
 * Cuts a cleaned text into words and marks. A word keeps the signs inside it (`jane.doe@contoso.com`, `O'Neil`), marks
 * are single characters, and so is a link. `respell` corrects the key of a word. Work grows with the length of the text alone.
 */
export function readTokens(text: string, respell = (key: string): string => key): readonly Token[] {
  const tokens: Token[] = [];
  const quoteAt = findQuotes(text);
  for (const chunk of text.matchAll(/\n|[^\s]+/g)) {
    if (/^<?https?:\/\//i.test(chunk[0])) {
      tokens.push({ ...readToken('|', chunk.index, quoteAt, respell), end: chunk.index + chunk[0].length });
      continue;
    }
    for (const piece of cutChunk(chunk[0], chunk.index))
      tokens.push(readToken(piece.text, piece.start, quoteAt, respell));
  }
  return tokens;
}

function readToken(
  text: string,
  start: number,
  quoteAt: (at: number) => number | undefined,
  respell: (key: string) => string,
): Token {
  const isWord = /[\p{L}\p{N}]/u.test(text);
  const isPossessive = isWord && possessive.test(text);
  const folded = isWord ? foldWord(text.replace(possessive, '')) : text;
  const key = isWord ? respell(folded) : text;
  return {
    kind: isWord ? 'word' : 'mark',
    text,
    key,
    isRespelled: key !== folded,
    start,
    end: start + text.length,
    isPossessive,
    quote: quoteAt(start),
  };
}

/** A word as it is compared with the vocabulary and with names. */
export function foldWord(word: string): string {
  return word.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** Takes signs off both ends, and cuts where two words stand without a space: `doe,jane`, `contoso/fabrikam`. */
function cutChunk(chunk: string, at: number): readonly { readonly text: string; readonly start: number }[] {
  const pieces: { readonly text: string; readonly start: number }[] = [];
  let from = 0;
  let to = chunk.length;
  while (from < to && !isEdge(chunk, from)) from += 1;
  while (to > from && !isEdge(chunk, to - 1) && !isLastApostrophe(chunk, to - 1)) to -= 1;
  const marks = (start: number, end: number): void => {
    for (let mark = start; mark < end; mark += 1) pieces.push({ text: chunk.charAt(mark), start: at + mark });
  };
  marks(0, from);
  const core = chunk.slice(from, to);
  let begin = 0;
  for (const cut of core.matchAll(
    /(?<=[\p{L}\p{N}])(?!(?<=@[^\s]*):\d)[,;:|<>()[\]"=]+(?=[\p{L}\p{N}])|(?<=\p{L}{3})(?:\/|\+(?![^\s]*@))(?=\p{L}{2})|->/gu,
  )) {
    if (cut.index > begin) pieces.push({ text: core.slice(begin, cut.index), start: at + from + begin });
    marks(from + cut.index, from + cut.index + cut[0].length);
    begin = cut.index + cut[0].length;
  }
  if (begin < core.length) pieces.push({ text: core.slice(begin), start: at + from + begin });
  marks(to, chunk.length);
  return pieces;
}

function isEdge(chunk: string, at: number): boolean {
  return edge.test(chunk.charAt(at)) || /[\uD800-\uDFFF]/.test(chunk.charAt(at));
}

function isLastApostrophe(chunk: string, at: number): boolean {
  return chunk.charAt(at) === "'" && /s/i.test(chunk.charAt(at - 1)) && at === chunk.length - 1;
}

/** Which quoted piece a place belongs to: between two double quotes on one line. */
function findQuotes(text: string): (at: number) => number | undefined {
  const quotes = [...text.matchAll(/"([^"\n]{1,200})"/g)];
  if (quotes.length === 0) return () => undefined;
  return (at) => {
    const found = quotes.findIndex((quote) => at > quote.index && at < quote.index + quote[0].length - 1);
    return found === -1 ? undefined : found + 1;
  };
}

import type { Statement } from './statement.ts';
import { readTokens, type Token } from './tokens.ts';
import type { Vocabulary } from './vocabulary-shape.ts';

/** A stretch of tokens, `to` is the first behind it. */
export type Span = { readonly from: number; readonly to: number };

/** A name that exists, where it stands. `ids` are all who may be meant; `isWhole`: their whole name, address or id. */
export type Mention = Span & {
  readonly kind: 'person' | 'customer';
  readonly ids: readonly string[];
  readonly isWhole: boolean;
  readonly isAddress?: boolean;
  /** An address that is somebody's. Words around it can mean no other person in part. */
  readonly isSettled?: boolean;
};

export type Sentence = {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Its statements by the list of names with which they were read, so that none is read twice. */
  readonly statements: WeakMap<readonly Mention[], readonly Statement[]>;
  /** Names that were spelled letter by letter. */
  readonly spelled?: readonly string[];
};

/** Reads a sentence. A word of the vocabulary in which two neighbouring letters are swapped has the key of that word. */
export function readSentence(
  typed: string,
  { common, misspelt, respelled, borrowed }: Pick<Vocabulary, 'common' | 'misspelt' | 'respelled' | 'borrowed'>,
): Sentence {
  const isOrdinary = (words: string): boolean =>
    words.split(words.includes('_') ? '_' : /(?=[A-Z])/).every((word) => common.has(word.toLowerCase()));
  const text = typed
    .replaceAll(
      /(?<=^|[\s(:])'(?=[^\s'])((?:[^'\n]|(?<=\p{L})'(?=\p{L}))* (?:[^'\n]|(?<=\p{L})'(?=\p{L}))*(?<!\s))'(?=$|[\s.,;:)!?])/gu,
      '"$1"',
    )
    .replaceAll(/"'s\b/gi, `'s"`)
    .replaceAll(/(?<![\w@.])(?:[A-Za-z][a-z]+(?:[A-Z][a-z]+)+|[A-Za-z]+(?:_[A-Za-z]+)+)(?![\w@.])/g, (word) =>
      isOrdinary(word) ? word.replaceAll(/_|(?<=[a-z])(?=[A-Z])/g, ' ') : word,
    );
  return {
    text,
    statements: new WeakMap(),
    tokens: readTokens(text, (key) =>
      common.has(key) ? key : (borrowed.get(key) ?? respell(key, misspelt, respelled)),
    ),
  };
}

const shortestRespelled = 3;
const longestRespelled = 12;

function respell(word: string, misspelt: Vocabulary['misspelt'], respelled: ReadonlySet<string>): string {
  const known = misspelt.find(([form]) => form.test(word));
  if (known !== undefined) return known[1];
  if (word.length < shortestRespelled || word.length > longestRespelled) return word;
  for (let at = 0; at < word.length - 1; at += 1) {
    const swapped = word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
    if (respelled.has(swapped)) return swapped;
  }
  return word;
}

/** What is said while somebody thinks of the next word. */
const fillers = /^(?:u+h+m*|u+m+|e+r+m*|e+h+m*|h+m+|a+h+)$/;

/** The sentence with its names taken out, and where each of them stands in it. */
export function writeSkeleton(
  { tokens }: Sentence,
  mentions: readonly Mention[],
): { readonly skeleton: string; readonly at: ReadonlyMap<Mention, Span> } {
  const at = new Map<Mention, Span>();
  let skeleton = '';
  for (let number = 0; number < tokens.length;) {
    const token = tokens[number];
    if (token === undefined) break;
    const mention = mentions.find(({ from }) => from === number);
    // What is quoted begins with its sign, and its other lines are as they were.
    if (token.text === '>' && tokens[number - 1]?.text === '\n' && /(?:^|\n)>/.test(skeleton)) {
      number += 1;
      continue;
    }
    // Behind a name an `er` or a `hm` may take it back.
    const takesBack = /^(?:er|hm)/.test(token.key) && skeleton.includes('<');
    if (mention === undefined && fillers.test(token.key) && !takesBack) {
      if (!skeleton.includes('<')) skeleton = skeleton.replace(/,$/, '');
      number += /^[,.]$/.test(tokens[number + 1]?.text ?? '') ? 2 : 1;
      continue;
    }
    const last = tokens[(mention?.to ?? number + 1) - 1] ?? token;
    const piece = mention === undefined ? readPiece(token) : mention.kind === 'person' ? '<p>' : '<c>';
    const isTight = token.kind === 'mark' && /^[,.;:!?)\]>]$/.test(token.text);
    if (skeleton !== '' && !isTight && !/[(\n[<]$/.test(skeleton)) skeleton += ' ';
    const from = skeleton.length;
    skeleton += piece;
    if (mention !== undefined) {
      at.set(mention, { from, to: skeleton.length });
      if (last.isPossessive) skeleton += "'s";
    }
    number = mention?.to ?? number + 1;
  }
  return { skeleton, at };
}

/** A word as it was typed, in small letters; where it was respelled, its key. */
function readPiece({ kind, text, key, isRespelled }: Token): string {
  if (kind === 'mark') return text;
  return isRespelled ? key : text.toLowerCase();
}

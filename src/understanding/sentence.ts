import { readTokens, type Token } from './tokens.ts';
import type { Vocabulary, WhyNotAReset } from './vocabulary-shape.ts';

/** A stretch of tokens, `to` is the first behind it. */
export type Span = { readonly from: number; readonly to: number };

/** Numbers of tickets: `#4711`, `INC0012345`, `T20261130.0012`, `ABC-123`. */
const ticket = /^(?:\d{2,}|[a-z]{1,5}\d{4,}(?:\.\d+)?|[a-z]{2,}-\d+)$/;

/** Telephone numbers, dates and times, which are no part of a name. */
const figure = /^(?:[x+]\d[\d-]*|\d+(?:[./:-]\d+)+|\d{6,})$/;

/** Whether a word is a label (`c: Contoso`) or a figure, and so no part of a name beside it. */
export function isNoName({ tokens }: Sentence, number: number, { labels }: Pick<Vocabulary, 'labels'>): boolean {
  const { text, key } = tokens[number] ?? { text: '', key: '' };
  const isTime = [number, number + 2].some((end) => {
    const around = tokens.slice(Math.max(0, end - 2), end + 1).map((token) => token.text);
    return /^\d+:\d+$/.test(around.join(''));
  });
  const isFirst = /^\n?$/.test(tokens[number - 1]?.text ?? '');
  const next = tokens[number + 1]?.text ?? '';
  const isEnclosed = (/^\d{2,}$/.test(text) && next === ')') || (isFirst && /^\d$/.test(text) && /^[.)]$/.test(next));
  return (
    isTime ||
    isEnclosed ||
    figure.test(text) ||
    (tokens[number + 1]?.text === ':' && labels.some(([, pattern]) => pattern.test(key)))
  );
}

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
  /** Names that were spelled letter by letter. */
  readonly spelled?: readonly string[];
};

/** Reads a sentence. A word of the vocabulary in which two neighbouring letters are swapped has the key of that word. */
export function readSentence(
  typed: string,
  { common, misspelt, respelled }: Pick<Vocabulary, 'common' | 'misspelt' | 'respelled'>,
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
    tokens: readTokens(text, (key) => (common.has(key) ? key : respell(key, misspelt, respelled))),
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

/** Why a sentence asks for no reset; undefined where nothing in it says so. */
export function findWhyNot(
  sentence: Sentence,
  mentions: readonly Mention[],
  { whyNot, asks, bareAsk, orders, hypothetical, clauseBreak, putOff, deadline }: Vocabulary,
): WhyNotAReset | undefined {
  // What is quoted and neither names anybody nor asks for anything is a message that somebody read.
  const skeleton = writeSkeleton(sentence, mentions)
    .skeleton.replaceAll(deadline, '')
    .replaceAll(/"[^"<\n]*"/g, (quoted) => (asks.test(quoted) ? quoted : '""'));
  const reasons = whyNot.filter(([, pattern]) => pattern.test(skeleton)).map(([why]) => why);
  const [found] = reasons;
  if (putOff.test(skeleton)) return found ?? 'not-understood';
  if (hypothetical.test(skeleton)) return 'negated';
  if (listsAddresses(sentence, mentions)) return 'several-users';
  if (found === undefined) return undefined;
  const clauses = skeleton.split(clauseBreak);
  const ofSentence = reasons.find((why) => ofWhole.has(why) || takenUp.has(why));
  if (ofSentence !== undefined) {
    const last = clauses.findLastIndex((clause) => whyNot.some(([, pattern]) => pattern.test(clause)));
    const isQuoted = (at: number): boolean => (clauses.slice(0, at).join('').split('"').length - 1) % 2 === 1;
    const isTakenUp = last !== -1 && clauses.some((clause, at) => at > last && !isQuoted(at) && orders.test(clause));
    return isTakenUp && !reasons.some((why) => ofWhole.has(why)) ? undefined : ofSentence;
  }
  const isClear = (clause: string): boolean =>
    asks.test(clause) &&
    !((found === 'other-factor' || found === 'unlock') && bareAsk.test(clause)) &&
    !whyNot.some(([why, pattern]) => !ofWhole.has(why) && !takenUp.has(why) && pattern.test(clause));
  return clauses.length > 1 && clauses.some(isClear) ? undefined : found;
}

/** Whether addresses of two people stand side by side; two of one mailbox are one person. */
function listsAddresses({ text, tokens }: Sentence, mentions: readonly Mention[]): boolean {
  const mailboxOf = ({ from }: Span): string | undefined => tokens[from]?.key.split('@')[0];
  const addresses = mentions.filter(({ isAddress }) => isAddress === true);
  return addresses.slice(1).some((one, at) => {
    const before = addresses[at] ?? one;
    const between = text.slice(tokens[before.to - 1]?.end, tokens[one.from]?.start);
    return (
      /^ ?[,;&+/] ?$/.test(between) &&
      !before.ids.some((id) => one.ids.includes(id)) &&
      mailboxOf(before) !== mailboxOf(one)
    );
  });
}

/** Reasons that hold for a whole sentence wherever they stand. The others hold for the clause that they stand in. */
const ofWhole: ReadonlySet<WhyNotAReset> = new Set(['several-users', 'own-password', 'missing-user']);

/** Reasons that an order by name behind them takes up again: `Not her MFA. Reset the password of Jane Doe`. */
const takenUp: ReadonlySet<WhyNotAReset> = new Set(['negated', 'question']);

/** Whether a sentence asks for a new password, be unknown words names or not. What is only quoted, line by line, asks for nothing, unless it is handed over. */
export function asksForReset(
  sentence: Sentence,
  mentions: readonly Mention[],
  loose: readonly Mention[],
  { asks, lacks, handsOver }: Vocabulary,
): boolean {
  const skeletons = [mentions, [...mentions, ...loose]].map((known) => {
    const { skeleton } = writeSkeleton(sentence, known);
    const isQuoted = (line: string): boolean => line.trim().startsWith('>');
    const lines = skeleton.split('\n');
    const own = lines.filter((line) => !isQuoted(line)).join('\n');
    return handsOver.test(own) ? lines.map((line) => line.replace(/^[ >]+/, '')).join('\n') : own;
  });
  return skeletons.some((skeleton) => asks.test(skeleton) || lacks.test(skeleton));
}

/** In words. */
const longestQuotedName = 8;

/** Words that are neither names that exist nor ordinary: each run of them may be a name that was typed wrongly. */
export function readLooseRuns(
  sentence: Sentence,
  mentions: readonly Span[],
  vocabulary: Pick<Vocabulary, 'common' | 'labels' | 'place' | 'startsName' | 'reset' | 'commands'>,
): readonly Mention[] {
  const { common, place, startsName, reset, commands } = vocabulary;
  const runs: Mention[] = [];
  const isTaken = (number: number): boolean => mentions.some(({ from, to }) => from <= number && number < to);
  // A long quotation is a sentence and no name, so ordinary words in it are ordinary.
  const isLong = (quote: number | undefined): boolean =>
    sentence.tokens.filter((token) => token.quote === quote && token.kind === 'word').length > longestQuotedName;
  const takenQuotes = new Set(
    sentence.tokens.flatMap(({ quote }, number) =>
      isTaken(number) || (quote !== undefined && isLong(quote)) ? [quote] : [],
    ),
  );
  const isLoose = (number: number): boolean => {
    const token = sentence.tokens[number];
    return (
      token?.kind === 'word' &&
      !isTaken(number) &&
      (!common.has(token.key) || (token.quote !== undefined && !takenQuotes.has(token.quote))) &&
      !ticket.test(token.key) &&
      !isNoName(sentence, number, vocabulary)
    );
  };
  /** Words such as `Nobody` in `Nobody Atall`, which are ordinary and stand capitalised beside a name, are told with it. */
  const isNamed = (number: number): boolean => {
    const { text = '', key = '', kind } = sentence.tokens[number] ?? {};
    const before = sentence.tokens[number - 1];
    const isOwn = reset.test(key) || [place, startsName, commands.courtesy].some((words) => words.has(key));
    return kind === 'word' && /^\p{Lu}\p{Ll}/u.test(text) && !isOwn && !isTaken(number) && before?.kind === 'word';
  };
  for (let from = 0; from < sentence.tokens.length; from += 1) {
    if (!isLoose(from)) continue;
    let to = from + 1;
    while (isLoose(to) && sentence.tokens[to - 1]?.isPossessive !== true) to += 1;
    let first = from;
    while (isNamed(first - 1)) first -= 1;
    const last = isNamed(to) && sentence.tokens[to - 1]?.isPossessive !== true ? to : to - 1;
    const text = sentence.text
      .slice(sentence.tokens[first]?.start, sentence.tokens[last]?.end)
      .replace(/(?:'s|(?<=s)')$/i, '');
    runs.push({ from, to, kind: 'person', ids: [`typed:${text}`], isWhole: true });
    from = to - 1;
  }
  return runs;
}

/** What stands behind a word of place, or is quoted there, and is no customer that exists. */
export function readUnknownPlaces(
  { tokens }: Sentence,
  mentions: readonly Span[],
  { startsPlace, place, notPlaces, departments, common, articles }: Vocabulary,
  isPlaced: boolean,
): readonly Span[] {
  const isCovered = (number: number): boolean => mentions.some(({ from, to }) => from <= number && number < to);
  const isLoose = (number: number): boolean =>
    tokens[number]?.kind === 'word' && !isCovered(number) && !common.has(tokens[number]?.key ?? '');
  const isArticle = (key: string): boolean => articles.has(key) || (place.has(key) && !startsPlace.has(key));
  return tokens.flatMap((token, number): readonly Span[] => {
    if (isCovered(number) || !startsPlace.has(token.key) || token.quote !== undefined) return [];
    let from = number + 1;
    while (tokens[from]?.quote === undefined && isArticle(tokens[from]?.key ?? '')) from += 1;
    const next = tokens[from];
    if (next === undefined || isCovered(isArticle(next.key) ? from + 1 : from)) return [];
    let to = from + 1;
    if (next.quote !== undefined) {
      while (tokens[to]?.quote === next.quote && !isCovered(to)) to += 1;
      return [{ from, to }];
    }
    const isOrdinary = departments.has(next.key) || (common.has(next.key) && !isLoose(from + 1));
    const isNoPlace = notPlaces.has(next.key) || (isPlaced && isOrdinary) || /^\d/.test(next.key);
    if (next.kind !== 'word' || isNoPlace) return [];
    while (isLoose(to)) to += 1;
    return [{ from, to }];
  });
}

/** Whether a sentence is names and what binds them, and nothing else: `Jane Doe, Contoso`. */
export function isBare({ tokens }: Sentence, mentions: readonly Span[], { place }: Vocabulary): boolean {
  return tokens.every(
    ({ kind, text, key }, number) =>
      (kind === 'mark' && (number > 0 || text !== '>')) ||
      mentions.some(({ from, to }) => from <= number && number < to) ||
      place.has(key) ||
      /^(?:the|a|an)$/.test(key),
  );
}

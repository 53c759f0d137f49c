import type { Mention, Sentence, Span } from './sentence.ts';
import type { Vocabulary } from './vocabulary-shape.ts';

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

/** In words. */
const longestQuotedName = 8;

/** Whether a word is no name: an ordinary one, or an everyday one that is written small or begins a sentence. */
export function isOrdinary(
  { tokens }: Sentence,
  number: number,
  { common, everyday, ordinaryEnding }: Pick<Vocabulary, 'common' | 'everyday' | 'ordinaryEnding'>,
): boolean {
  const { key, text } = tokens[number] ?? { key: '', text: '' };
  if (common.has(key)) return true;
  const isSmall = /^\p{Ll}/u.test(text);
  const isFirst = /^[.!?\n]?$/.test(tokens[number - 1]?.text ?? '');
  return (everyday.has(key) && (isSmall || isFirst)) || (isSmall && ordinaryEnding.test(text));
}

/** Words that are neither names that exist nor ordinary: each run of them may be a name that was typed wrongly. */
export function readLooseRuns(
  sentence: Sentence,
  mentions: readonly Span[],
  vocabulary: Pick<
    Vocabulary,
    'common' | 'everyday' | 'ordinaryEnding' | 'labels' | 'place' | 'startsName' | 'reset' | 'commands'
  >,
): readonly Mention[] {
  const { place, startsName, reset, commands } = vocabulary;
  const runs: Mention[] = [];
  const isTaken = (number: number): boolean => mentions.some(({ from, to }) => from <= number && number < to);
  // A long quotation is a sentence and no name, so ordinary words in it are ordinary.
  const isLong = (quote: number | undefined): boolean => {
    const quoted = sentence.tokens.filter((token) => token.quote === quote && token.kind === 'word');
    return quoted.length > longestQuotedName || (quoted.length > 3 && quoted.some(({ key }) => reset.has(key)));
  };
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
      (!isOrdinary(sentence, number, vocabulary) || (token.quote !== undefined && !takenQuotes.has(token.quote))) &&
      !ticket.test(token.key) &&
      !isNoName(sentence, number, vocabulary)
    );
  };
  /** Words such as `No one` in `No one Atall`, which are ordinary and stand capitalised beside a name, are told with it. */
  const isNamed = (number: number): boolean => {
    const { text = '', key = '', kind } = sentence.tokens[number] ?? {};
    const before = sentence.tokens[number - 1];
    const isOwn = reset.has(key) || [place, startsName, commands.courtesy].some((words) => words.has(key));
    return kind === 'word' && /^\p{Lu}\p{Ll}/u.test(text) && !isOwn && !isTaken(number) && before?.kind === 'word';
  };
  const isName = (number: number): boolean =>
    isLoose(number) && /^\p{Lu}\p{Ll}/u.test(sentence.tokens[number]?.text ?? '');
  const isCased = sentence.tokens.some((_, number) => isName(number) && isName(number + 1));
  /** Who writes a whole name with capitals writes each so. A small word is a word then, but where a name is expected. */
  const isWord = (from: number, to: number): boolean =>
    isCased &&
    to === from + 1 &&
    /^\p{Ll}+$/u.test(sentence.tokens[from]?.text ?? '') &&
    sentence.tokens[from]?.quote === undefined &&
    ![startsName, place].some((words) => words.has(sentence.tokens[from - 1]?.key ?? ''));
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
    if (isWord(from, to)) continue;
    runs.push({ from, to, kind: 'person', ids: [`typed:${text}`], isWhole: true });
    from = to - 1;
  }
  return runs;
}

/** What stands behind a word of place, or is quoted there, and is no customer that exists. */
export function readUnknownPlaces(
  sentence: Sentence,
  mentions: readonly Span[],
  vocabulary: Vocabulary,
  isPlaced: boolean,
): readonly Span[] {
  const { tokens } = sentence;
  const { startsPlace, place, notPlaces, departments, departmentNouns, articles } = vocabulary;
  const isCovered = (number: number): boolean => mentions.some(({ from, to }) => from <= number && number < to);
  const isLoose = (number: number): boolean =>
    tokens[number]?.kind === 'word' && !isCovered(number) && !isOrdinary(sentence, number, vocabulary);
  const isArticle = (key: string): boolean => articles.has(key) || (place.has(key) && !startsPlace.has(key));
  return tokens.flatMap((token, number): readonly Span[] => {
    if (isCovered(number) || !startsPlace.has(token.key) || token.quote !== undefined) return [];
    // `@Robin can you …` is said to Robin.
    if (token.key === '@' && /^\n?$/.test(tokens[number - 1]?.text ?? '')) return [];
    let from = number + 1;
    while (tokens[from]?.quote === undefined && isArticle(tokens[from]?.key ?? '')) from += 1;
    const next = tokens[from];
    if (next === undefined || isCovered(isArticle(next.key) ? from + 1 : from)) return [];
    let to = from + 1;
    if (next.quote !== undefined) {
      while (tokens[to]?.quote === next.quote && !isCovered(to)) to += 1;
      return [{ from, to }];
    }
    const isThing = departments.has(next.key) || (isOrdinary(sentence, from, vocabulary) && !isLoose(from + 1));
    const isNoPlace = notPlaces.has(next.key) || (isPlaced && isThing) || /^\d/.test(next.key);
    if (next.kind !== 'word' || isNoPlace) return [];
    while (isLoose(to)) to += 1;
    // `in our drafting team` and `note from Chloe:` name no customer.
    if (departmentNouns.has(tokens[to]?.key ?? '') || tokens[to]?.text === ':') return [];
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

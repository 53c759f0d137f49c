import { directoryTunables } from '../../base/index.ts';
import { isNoName, type Sentence, type Span, type Token, type Vocabulary } from '../../understanding/index.ts';
import type { NameIndex } from '../names/name-index.ts';
import { type Judged, judgeTyped } from './exact-match.ts';

/**
 * A stretch of a sentence that is a name, and all entries that have this name. `isWhole`: it is the whole name, and
 * more than merely alike (Mueller for Müller). `isPlain`: it consists of ordinary words, where no name is expected.
 */
export type Link<Item> = Span & {
  readonly items: readonly Item[];
  readonly isWhole: boolean;
  readonly isPlain: boolean;
};

/**
 * Stretches of a sentence that are whole names in this index, none inside another. Longer ones come first, because
 * `Wide World` may be a customer beside `Wide World Importers`. Work grows with the sentence, not with the index.
 */
export function linkNames<Item>(
  index: NameIndex<Item>,
  sentence: Sentence,
  isTaken: (token: number) => boolean,
  isPlausible: (span: Span) => boolean,
  {
    judge = judgeTyped,
    mayBeAdded = () => false,
  }: {
    readonly judge?: (index: NameIndex<Item>, typed: string) => Judged<Item>;
    /** Whether a word may be part of what was typed though it is no part of the name, as a legal form may. */
    readonly mayBeAdded?: (token: Token) => boolean;
  } = {},
): readonly Link<Item>[] {
  const spans: Span[] = [];
  const { tokens } = sentence;
  for (let from = 0; from < tokens.length; from += 1) {
    let longest: Span | undefined;
    for (let to = from + 1; to <= Math.min(tokens.length, from + directoryTunables.maxNameTokens); to += 1) {
      const token = tokens[to - 1];
      if (token === undefined || isTaken(to - 1) || token.text === '\n') break;
      if (token.kind === 'mark') {
        if (to === from + 1) break;
        continue;
      }
      const isAdded = to > from + 1 && mayBeAdded(token);
      if (!isAdded && !index.knows(token.text) && !index.knows(nameOf(sentence, { from: to - 1, to }))) break;
      const span = { from, to };
      const isName = (text: string): boolean =>
        index.exact(text).length > 0 || (isAdded && judge(index, text).kind !== 'none');
      // In `not Jane Doe, Jane Roe` the second Jane is no part of the first name.
      const isRepeated = longest !== undefined && tokens.slice(from, to - 1).some(({ key }) => key === token.key);
      if (!isRepeated && spellings(sentence, span).some(isName)) longest = span;
    }
    if (longest !== undefined) spans.push(longest);
  }
  const wordsIn = ({ from, to }: Span): number => tokens.slice(from, to).filter(({ kind }) => kind === 'word').length;
  const plausible = dropOverlaps(spans.filter(isPlausible), wordsIn);
  const plain = spans.filter(
    (span) => !isPlausible(span) && plausible.every(({ from, to }) => span.to <= from || span.from >= to),
  );
  return [...plausible.map((span) => toLink(span, false)), ...plain.map((span) => toLink(span, true))];

  /** Links a stretch to the entries of the first of its spellings that is a name. */
  function toLink({ from, to }: Span, isPlain: boolean): Link<Item> {
    const texts = spellings(sentence, { from, to });
    const found = texts.map((text) => judge(index, text)).filter((judged) => judged.kind !== 'none');
    const best = found.find(({ kind }) => kind === 'one') ?? found[0];
    if (best !== undefined)
      return { from, to, items: best.kind === 'one' ? [best.item] : best.items, isWhole: true, isPlain };
    const alike = texts.flatMap((text) => index.exact(text).map(({ item }) => item));
    return { from, to, items: [...new Set(alike)], isWhole: false, isPlain };
  }
}

/** A number, a single letter, and two words in one, as in `Y/N`. */
const noPart = /^(?:\d+|[a-z]|.*\/.*)$/i;

/** Links words that are only a part of a name, such as a first or a last name. */
export function linkParts<Item>(
  index: NameIndex<Item>,
  sentence: Sentence,
  isTaken: (token: number) => boolean,
  isPlausible: (span: Span) => boolean,
): readonly Link<Item>[] {
  return sentence.tokens.flatMap((token, from) => {
    const span = { from, to: from + 1 };
    if (token.kind !== 'word' || noPart.test(token.text) || isTaken(from) || !isPlausible(span)) return [];
    const items = index.holding(nameOf(sentence, span));
    return items.length > 0 ? [{ ...span, items, isWhole: false, isPlain: false }] : [];
  });
}

/** The ways a stretch may be meant: as it stands, with the sign behind it, and without a possessive ending. */
function spellings(sentence: Sentence, span: Span): readonly string[] {
  const { text, tokens } = sentence;
  const start = tokens[span.from]?.start ?? 0;
  const next = tokens[span.to];
  const whole = text.slice(start, tokens[span.to - 1]?.end ?? 0);
  const closed = next?.kind === 'mark' && /^[.)!]$/.test(next.text) ? [text.slice(start, next.end)] : [];
  return [...new Set([...closed, whole, nameOf(sentence, span)])];
}

/** What stands there, without a possessive ending. */
export function nameOf({ text, tokens }: Sentence, { from, to }: Span): string {
  const whole = text.slice(tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? 0);
  return tokens[to - 1]?.isPossessive === true ? whole.replace(/(?:'s|(?<=s)')$/i, '') : whole;
}

/**
 * Whether a stretch may be a name. If each of its words is an ordinary one, as in a customer called Never Mind, it
 * needs a sign of a name. Such signs are quotes, a possessive, capital initials, or a place where a name is expected.
 */
export function mayBeName(
  sentence: Sentence,
  span: Span,
  vocabulary: Vocabulary,
  kind: 'person' | 'customer',
): boolean {
  const { tokens, text } = sentence;
  const { common, nameParts, place, startsName, reset } = vocabulary;
  if (span.to - span.from === 1 && isNoName(sentence, span.from, vocabulary)) return false;
  // In `"Contoso Bikse"` no customer Contoso is meant.
  const isQuotedBeside = (number: number): boolean => {
    const beside = tokens[number];
    const isSameQuote = beside?.quote !== undefined && beside.quote === tokens[span.from]?.quote;
    const isLong = tokens.filter(({ quote }) => quote === beside?.quote).length > directoryTunables.maxNameTokens;
    return isSameQuote && !isLong && beside.kind === 'word' && !common.has(beside.key);
  };
  if (isQuotedBeside(span.from - 1) || isQuotedBeside(span.to)) return false;
  const expects = kind === 'person' ? startsName : place;
  const [first] = tokens.slice(span.from, span.to);
  if (
    span.to - span.from === 1 &&
    first?.quote === undefined &&
    [startsName, place, nameParts].some((words) => words.has(first?.key ?? ''))
  )
    return false;
  const words = tokens.slice(span.from, span.to).filter(({ kind }) => kind === 'word');
  if (!words.every(({ key }) => common.has(key))) return true;
  const isInSameQuote = (number: number): boolean =>
    tokens[number]?.kind === 'word' && tokens[number].quote !== undefined && tokens[number].quote === first?.quote;
  const isQuoted = words.every(({ quote }) => quote !== undefined);
  if (isQuoted && !isInSameQuote(span.from - 1) && !isInSameQuote(span.to)) return true;
  if (words.at(-1)?.isPossessive === true) return true;
  // `reset office password` names no person called Office.
  const [only, ...others] = words;
  if (kind === 'person' && others.length === 0 && only !== undefined && reset.has(tokens[span.to]?.key ?? ''))
    return false;
  let before = span.from - 1;
  while (/^(?:the|our|their)$/.test(tokens[before]?.key ?? '')) before -= 1;
  // As in a title, small words may stand between the first and the last one: `Passwords at Work for Everyone`.
  const isCapital =
    [words[0], words.at(-1)].every((word) => /^\p{Lu}\p{Ll}/u.test(word?.text ?? '')) &&
    (words.length !== 2 || words.every((word) => /^\p{Lu}/u.test(word.text))) &&
    (span.from > 0 || words.length > 1) &&
    text !== text.toUpperCase();
  // Nor does `password reset` name a person called Reset.
  const isResetItself = kind === 'person' && others.length === 0 && only !== undefined && reset.has(only.key);
  if (isResetItself && !isCapital) return false;
  return isCapital || (expects.has(tokens[before]?.key ?? tokens[before]?.text ?? '') && before >= 0);
}

function dropOverlaps(spans: readonly Span[], sizeOf: (span: Span) => number): readonly Span[] {
  const kept: Span[] = [];
  for (const span of spans.toSorted((one, other) => sizeOf(other) - sizeOf(one) || one.from - other.from)) {
    if (kept.every(({ from, to }) => span.to <= from || span.from >= to)) kept.push(span);
  }
  return kept.toSorted((one, other) => one.from - other.from);
}

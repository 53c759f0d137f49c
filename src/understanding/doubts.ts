import { readRoles } from './roles.ts';
import { isNoName, isOrdinary, readLooseRuns } from './loose-words.ts';
import type { Mention, Sentence, Span } from './sentence.ts';
import { foldWord } from './tokens.ts';
import type { Vocabulary } from './vocabulary-shape.ts';

/** In words. */
const longestStranger = 3;

/** Somebody who is not known here and takes the place of the person who is named before them, with a whole name. */
export function findStranger(
  sentence: Sentence,
  mentions: readonly Mention[],
  vocabulary: Vocabulary,
): string | undefined {
  const first = mentions.find(({ kind }) => kind === 'person');
  const isName = (run: Span, word = /^[\p{L}'-]{2,}$/u): boolean =>
    run.to - run.from > 1 &&
    run.to - run.from <= longestStranger &&
    sentence.tokens.slice(run.from, run.to).every(({ text }) => word.test(text));
  const loose = readLooseRuns(sentence, mentions, vocabulary).filter(
    (run) =>
      first !== undefined &&
      first.from < run.from &&
      isName(run) &&
      !vocabulary.startsPlace.has(sentence.tokens[run.from - 1]?.key ?? ''),
  );
  if (loose.length === 0) return undefined;
  const stranger = readRoles(sentence, [...mentions, ...loose], vocabulary).find(({ mention, role, before }) => {
    if (!loose.includes(mention)) return false;
    const isNext = vocabulary.takesBack.test(before) || vocabulary.targetBefore.test(before);
    const isMeant = role === 'target' || role === 'stated' || role === 'corrected';
    return isMeant && (isNext || isName(mention, /^\p{Lu}\p{Ll}/u));
  });
  return stranger === undefined ? undefined : textOf(sentence, stranger.mention);
}

function textOf({ text, tokens }: Sentence, { from, to }: Span): string {
  return text.slice(tokens[from]?.start, tokens[to - 1]?.end);
}

/** Words that touch one of these names and that nothing explains: `Jane van Doe`, `Doe Jr`, `Contoso UK`. */
export function findDoubt(
  sentence: Sentence,
  mentions: readonly Mention[],
  unknown: readonly Span[],
  names: readonly Mention[],
  vocabulary: Vocabulary,
): string | undefined {
  const { tokens } = sentence;
  // `Jane Doe in Porto` may be another Jane Doe; a phone that was stolen in Porto tells nothing of her.
  const isOfName = ({ from }: Span): boolean => {
    const at = tokens.slice(0, from).findLastIndex(({ key }) => !vocabulary.articles.has(key));
    return !vocabulary.towns.has(tokens[at]?.key ?? '') || names.some(({ to }) => to === at);
  };
  const place = unknown.find(isOfName);
  const unplaced = place === undefined ? undefined : textOf(sentence, place);
  if (names.some((mention) => mention.isSettled === true)) return unplaced;
  const covered = new Set(mentions.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, n) => from + n)));
  const isCapital = (number: number): boolean => /^\p{Lu}\p{Ll}/u.test(tokens[number]?.text ?? '');
  /** `Jane Doe van Contoso`, `the password de Jane Doe` */
  const isOf = (number: number): boolean =>
    vocabulary.nameParts.has(tokens[number]?.key ?? '') &&
    (mentions.some(({ kind, from }) => kind === 'customer' && from === number + 1) ||
      vocabulary.reset.has(tokens[number - 1]?.key ?? ''));
  /** `tkt 4822` */
  const isLabel = (number: number): boolean =>
    /^\p{Ll}/u.test(tokens[number]?.text ?? '') && /^\d{3}/.test(tokens[number + 1]?.text ?? '');
  const isLoose = (number: number, { from, to }: Span): boolean => {
    const token = tokens[number];
    if (token !== undefined && isNearlyLittle(token.text, vocabulary)) return false;
    // Who writes a name in capitals writes the whole of it so, but for `van` and `jr`.
    const isPiece =
      token !== undefined &&
      (vocabulary.nameParts.has(token.key) ||
        !/^\p{Ll}+$/u.test(token.text) ||
        to - from < 2 ||
        !isCapital(from) ||
        !isCapital(to - 1));
    return (
      isPiece &&
      token.kind === 'word' &&
      !isOf(number) &&
      !isLabel(number) &&
      !covered.has(number) &&
      !isOrdinary(sentence, number, vocabulary) &&
      !isNoName(sentence, number, vocabulary)
    );
  };
  /** A sign inside a name, such as the dot of an initial; not the end of a sentence. */
  const isJoint = (number: number, step: number): boolean => {
    const sign = tokens[number]?.text ?? '';
    const isSign = step === 1 ? /^[.&+]$/.test(sign) : /^[&+]$/.test(sign);
    const isEllipsis = sign === '.' && [tokens[number - 1], tokens[number + 1]].some((other) => other?.text === '.');
    return isSign && !isEllipsis && /^[^A-Z]/.test(tokens[number + step]?.text ?? '');
  };
  for (const mention of names) {
    for (const step of [-1, 1]) {
      let next = step === 1 ? mention.to : mention.from - 1;
      if (step === 1 && tokens[mention.to - 1]?.isPossessive === true) continue;
      while (isJoint(next, step)) next += step;
      // `Prio 1 Jane Doe`
      if (step === -1 && /^\d$/.test(tokens[next]?.text ?? '')) continue;
      if (isLoose(next, mention))
        return textOf(sentence, { from: Math.min(next, mention.from), to: Math.max(next + 1, mention.to) });
    }
  }
  const named = new Set(names.flatMap(({ from, to }) => tokens.slice(from, to).map(({ key }) => key)));
  const unnamed = sentence.spelled?.find((word) => !named.has(foldWord(word)));
  if (unnamed !== undefined) return unnamed;
  return unplaced;
}

/** In letters. */
const longestLittle = 4;

/** A small word of place in which one letter is wrong: `fir Jane Doe`, `ar Contoso`. */
function isNearlyLittle(word: string, { place, nameParts }: Vocabulary): boolean {
  if (!/^\p{Ll}+$/u.test(word) || word.length > longestLittle || nameParts.has(word)) return false;
  return [...place].some(
    (little) =>
      little.length === word.length && [...little].filter((letter, at) => letter !== word.charAt(at)).length === 1,
  );
}

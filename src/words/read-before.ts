import { findOther } from './find-other.ts';
import { isNameMark } from './is-name-mark.ts';
import { isPasswordWord } from './is-password-word.ts';
import { isResetVerb } from './is-reset-verb.ts';
import { measureTicket } from './measure-ticket.ts';
import type { Token } from './read-tokens.ts';
import { vocabulary } from './vocabulary.ts';

/**
 * What stood before the words that say to reset: whom it may name, the customer that followed apart from it, whether
 * the subject is but a place (`at Contoso`), and whether a story was told of it (`… forgot her password`).
 */
export type Before = {
  readonly subject: readonly Token[];
  readonly place: readonly Token[];
  readonly isPlace: boolean;
  readonly isTold: boolean;
  /** Who called about the subject, where that is somebody else. */
  readonly caller: readonly Token[];
};

const sentenceEnds = new Set('.?!\n'.split(''));
const places = new Set('at in from @ with'.split(' '));
const told = new Set(
  "needs need wants requires require forgot forgets forgotten lost cannot can't cant couldn't unable called calls rang asked asks asking requested requests reports reported says locked doesn't doesnt never wishes emailed phoned".split(
    ' ',
  ),
);
const states = new Set("is was has had would should must could can will who's keeps got".split(' '));
const nothing: Before = { subject: [], place: [], isPlace: false, isTold: false, caller: [] };

/** Reads what stands before the action: greetings, tickets and courtesy go, and so does the story of what happened. */
export function readBefore(tokens: readonly Token[]): Before {
  let end = tokens.length;
  let isLastSentence = true;
  while (end > 0) {
    let start = end;
    while (start > 0 && !endsSentence(tokens[start - 1])) {
      start -= 1;
    }
    const read = readSentence(tokens.slice(start, end));
    const isClear = isLastSentence || read.isTold || read.subject.some((token) => token.kind === 'address');
    if (read.subject.length > 0 && isClear) {
      return read;
    }
    if (read.subject.length > 0) {
      return nothing;
    }
    isLastSentence = isLastSentence && read.subject.length === 0 && start === end;
    end = start - 1;
  }
  return nothing;
}

function endsSentence(token: Token | undefined): boolean {
  return token?.kind === 'mark' && sentenceEnds.has(token.text);
}

function readSentence(sentence: readonly Token[]): Before {
  const opened = sentence.slice(skipOpening(sentence));
  const tale = findTale(opened);
  const told = opened.slice(0, tale);
  const owned = told.findIndex((token, at) => isPasswordWord(token) && /(?:'s|s')$/.test(told[at - 1]?.word ?? ''));
  const named = stripEnd(owned === -1 ? told : told.slice(0, owned));
  const other = findOther(opened.slice(tale));
  const subject = other.length > 0 ? other : named;
  const caller = other.length > 0 ? named : [];
  const place = findPlace(owned === -1 ? opened.slice(tale) : told.slice(owned));
  const [first] = subject;
  const isPlace = first !== undefined && (places.has(first.word) || vocabulary.customerLabels.has(first.word));
  return { subject, place, isPlace, isTold: tale < opened.length, caller };
}

/** Skips greetings, tickets, polite words and the beginnings of wishes. */
function skipOpening(tokens: readonly Token[]): number {
  let at = 0;
  while (at < tokens.length) {
    const ticket = measureTicket(tokens, at);
    const token = tokens[at];
    const isCrowd = token?.kind === 'word' && vocabulary.crowd.has(token.word);
    const isPasswordOf = isPasswordWord(token) && /^(?:for|of)$/.test(tokens[at + 1]?.word ?? '');
    if (ticket > 0) {
      at += ticket;
    } else if (isPasswordOf) {
      at += 2;
    } else if (isCrowd || (isOpening(token) && !isCalledWill(tokens, at)) || isPassingMark(tokens, at)) {
      at += 1;
    } else {
      break;
    }
  }
  return at;
}

/** `Will you …` is a wish, `Will Smith` a name. */
function isCalledWill(tokens: readonly Token[], at: number): boolean {
  return tokens[at]?.word === 'will' && !/^(?:you|u|someone|somebody|anyone|it|we)$/.test(tokens[at + 1]?.word ?? '');
}

/** A mark that begins no name; a bracket only around what goes too, as in `[INC12345]`. */
function isPassingMark(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token?.kind !== 'mark' || token.text === '@') {
    return false;
  }
  const next = tokens[at + 1];
  return (
    !isNameMark(token) ||
    ')]}>'.includes(token.text) ||
    next === undefined ||
    isOpening(next) ||
    measureTicket(tokens, at + 1) > 0
  );
}

function isOpening(token: Token | undefined): boolean {
  if (token?.kind !== 'word') {
    return false;
  }
  const { word } = token;
  return [vocabulary.greetings, vocabulary.thanks, vocabulary.polite, vocabulary.fronts, vocabulary.wishes].some(
    (words) => words.has(word),
  );
}

function findTale(tokens: readonly Token[]): number {
  const begin = tokens.findIndex((token, at) => {
    if (token.kind !== 'word' || at === 0) {
      return false;
    }
    const next = tokens[at + 1]?.word ?? '';
    return told.has(token.word) || (states.has(token.word) && (isTaleEnd(next) || at === tokens.length - 1));
  });
  return begin === -1 ? tokens.length : begin;
}

function isTaleEnd(word: string): boolean {
  return (
    told.has(word) ||
    /^(?:a|an|to|be|been|locked|stuck|like|have|in|on|asking|unable|not|having|just|again|their|her|his|getting|requesting|need)$/.test(
      word,
    )
  );
}

/** `Jane forgot her password at Contoso`, `Jane's password at Contoso`: the customer may come after the password. */
function findPlace(tale: readonly Token[]): readonly Token[] {
  const from =
    tale.findIndex(
      (token, at) =>
        /^(?:at|from|in|@)$/.test(token.word) && (isPasswordWord(tale[at - 1]) || tale[at - 1]?.word === 'out'),
    ) + 1;
  const length = tale.slice(from).findIndex((token) => token.kind === 'mark');
  return from === 0 ? [] : tale.slice(from, length === -1 ? undefined : from + length);
}

function stripEnd(tokens: readonly Token[]): readonly Token[] {
  let end = tokens.length;
  while (end > 0) {
    const token = tokens[end - 1];
    const isSmall =
      token?.kind === 'word' &&
      (vocabulary.articles.has(token.word) ||
        vocabulary.polite.has(token.word) ||
        vocabulary.pronouns.has(token.word) ||
        /^(?:for|to|can|could|would|u|so|and|with|needs?|need|be|get|have|do|i'd|'d|like|give|on|about|must|should|gets?)$/.test(
          token.word,
        ));
    const isMark = token?.kind === 'mark' && !(isNameMark(token) && end > 1);
    if (!isSmall && !isMark && !isPasswordWord(token) && isResetVerb(token) !== 'certain') {
      break;
    }
    end -= 1;
  }
  return tokens.slice(0, end);
}

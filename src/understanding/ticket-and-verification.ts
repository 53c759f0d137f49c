import { cleanText } from './message-text.ts';
import { readSentence, type Sentence, type Span } from './sentence.ts';
import { foldWord } from './tokens.ts';
import { isOf } from './word-pattern.ts';
import type { Vocabulary } from './vocabulary-shape.ts';

/** What a sentence says besides names, and the sentence without the words that say so. */
export type ReadFacts = {
  readonly rest: Sentence;
  readonly ticket: string | undefined;
  readonly verification: string | undefined;
};

/**
 * Takes the ticket and the verification out of a sentence, so that `authenticator approval` is no second factor and
 * `#4711` no name. With `mayBeTicket` false the ticket stays, as what looks like one may be a customer's name. With `isProof` the
 * sentence orders nothing, so `authenticator` alone is a verification too. Offsets of the other tokens stay, so a name never
 * reaches over a fact.
 */
export function takeFacts(
  sentence: Sentence,
  methods: readonly string[],
  vocabulary: Vocabulary,
  { mayBeTicket = true, isProof = false }: { readonly mayBeTicket?: boolean; readonly isProof?: boolean } = {},
): ReadFacts {
  const ticket = mayBeTicket ? readTicket(sentence, vocabulary) : undefined;
  const verification = readVerification(sentence, methods, vocabulary, { ticket, isProof });
  const isFact = (at: number): boolean =>
    [ticket, verification].some((fact) => fact !== undefined && fact.from <= at && at < fact.to);
  return {
    rest: { ...sentence, statements: new WeakMap(), tokens: sentence.tokens.filter((_, at) => !isFact(at)) },
    ticket: ticket?.ticket,
    verification: verification?.method,
  };
}

/** A ticket's number, as it is taken over, and where it stands. */
type TicketFact = Span & { readonly ticket: string };

/** How the caller was verified: one of the policy's methods, word for word, and where the sentence says so. */
type VerificationFact = Span & { readonly method: string };

/** Numbers that are a ticket's by their form alone: `#4711`, `INC0012345`, `T20261130.0012`, `ABC-123`. */
const ownForm = /^(?:[a-z]{0,4}#\d{1,12}|[a-z]{2,6}\d{4,12}|t\d{8}\.\d{4}|(?!covid)[a-z]{2,10}-\d{1,8}(?:\/\d+)*)$/i;
const bareNumber = /^#?(?:\d{2,12}|\d+-\d+-\d{3,8})$/;

/** The one ticket that a sentence names; undefined where it names none, or more than one. */
export function readTicket({ tokens }: Sentence, { ticketWords, ticketFillers }: Vocabulary): TicketFact | undefined {
  const found: TicketFact[] = [];
  for (const [number, token] of tokens.entries()) {
    if (token.kind !== 'word') continue;
    const isHashed = tokens[number - 1]?.text === '#' && tokens[number - 1]?.end === token.start;
    const from = isHashed ? number - 1 : number;
    const text = isHashed ? `#${token.text}` : token.text;
    if (ownForm.test(text)) {
      found.push({ from: startOf(from), to: number + 1, ticket: isHashed ? token.text : text });
    } else if (bareNumber.test(text) && startOf(from) < from) {
      found.push({ from: startOf(from), to: number + 1, ticket: token.text });
    }
  }
  const [one, ...others] = found;
  return others.some(({ ticket }) => ticket.toLowerCase() !== one?.ticket.toLowerCase()) ? undefined : one;

  /** Where `ticket no.` begins before a number. */
  function startOf(number: number): number {
    let before = number - 1;
    while (before >= 0 && (ticketFillers.has(tokens[before]?.key ?? '') || /^[#:.]$/.test(tokens[before]?.text ?? '')))
      before -= 1;
    return ticketWords.has(tokens[before]?.key ?? '') ? before : number;
  }
}

/**
 * The ticket in an input that asks for it alone: cleaned as the text of a message, and read as a sentence's. What names none,
 * or more than one, stays as it was typed.
 */
export function readTypedTicket(typed: string, vocabulary: Vocabulary): string {
  const text = cleanText(typed, []).replaceAll('\n', ' ');
  const bare = /^(#?\d+)[\s.,;:!]*$/.exec(text)?.[1];
  return bare ?? readTicket(readSentence(text, vocabulary), vocabulary)?.ticket ?? text;
}

/**
 * The method by which a sentence says that the caller was verified. It says so by words that only one method has: two in
 * a row, or one that is no ordinary word. A negation takes nothing over, and neither do two methods at once.
 */
export function readVerification(
  sentence: Sentence,
  methods: readonly string[],
  { clauses: { lexicon }, common, confirms, negates, reset, spokenOf }: Vocabulary,
  { ticket, isProof = false }: { readonly ticket?: Span | undefined; readonly isProof?: boolean } = {},
): VerificationFact | undefined {
  const said = sentence.tokens
    .map(({ kind, key }, number) => ({ key: kind === 'word' ? key : '', number }))
    .filter(({ key }) => !spokenOf.has(key));
  const words = methods.map((method) => foldWord(method).match(/[\p{L}\p{N}'-]+/gu) ?? []);
  const found = methods.flatMap((method, number): readonly VerificationFact[] => {
    const others = words.filter((_, other) => other !== number);
    return signsOf(words[number] ?? []).flatMap((sign) => {
      if (others.some((other) => holds(other, sign))) return [];
      const at = said.findIndex((_, first) => sign.every((word, step) => said[first + step]?.key === word));
      const [first, last] = [said[at], said[at + sign.length - 1]];
      if (first === undefined || last === undefined) return [];
      if (!isProof && sign.length === 1 && isFactor(first.key) && !standsApart(first.number)) return [];
      const { tokens } = sentence;
      const end = tokens.findIndex(({ key }, number) => number > last.number && !confirms.has(key));
      const start = tokens.slice(0, first.number).findLastIndex(({ key }) => !confirms.has(key)) + 1;
      return [{ from: start, to: end === -1 ? tokens.length : end, method }];
    });
  });
  const [one] = found;
  if (one === undefined || new Set(found.map(({ method }) => method)).size > 1) return undefined;
  const before = sentence.text.slice(0, sentence.tokens[one.from]?.start ?? 0).toLowerCase();
  return negates.test(before) ? undefined : one;

  function signsOf(method: readonly string[]): readonly (readonly string[])[] {
    const pairs = method.slice(1).map((word, at) => [method[at] ?? '', word]);
    const tells = (word: string): boolean => !common.has(word) || isFactor(word) || (isProof && word.length > 4);
    const singles = method.filter(tells).map((word) => [word]);
    return [...pairs.filter((pair) => pair.some((word) => word.length > 3)), ...singles];
  }

  /** A word such as `authenticator` alone asks for another factor, unless it stands apart from the order. */
  function isFactor(word: string): boolean {
    return isOf(lexicon, word, 'FACTOR');
  }

  /** Whether its clause tells of a check and asks for nothing: `she approved the prompt in her authenticator`. */
  function isConfirmed(at: number): boolean {
    const isEnd = ({ text }: { readonly text: string }): boolean => /^[.,;:!?\n-]$/.test(text);
    const from = sentence.tokens.slice(0, at).findLastIndex(isEnd) + 1;
    const to = sentence.tokens.findIndex((token, number) => number > at && isEnd(token));
    const clause = sentence.tokens.slice(from, to === -1 ? undefined : to).map(({ key }) => key);
    const asks = (key: string): boolean => ['RESET', 'NEED', 'NEW'].some((className) => isOf(lexicon, key, className));
    return clause.some((key) => confirms.has(key)) && !clause.some(asks);
  }

  /** Whether the word ends an order, behind its ticket or a comma: `reset Jane Doe, ticket 4711 authenticator`. */
  function standsApart(at: number): boolean {
    const [before, next] = [sentence.tokens[at - 1], sentence.tokens[at + 1]];
    const isBehind = ticket?.to === at || /^[,;]$/.test(before?.text ?? '');
    const isLast = next === undefined || (at + 2 === sentence.tokens.length && /^[.!]$/.test(next.text));
    const keys = sentence.tokens.map(({ key }) => key);
    const isOrder = keys.slice(0, at).some((key) => reset.has(key));
    if (isConfirmed(at)) return true;
    return isBehind && isLast && isOrder && keys.filter((key) => key === keys[at]).length === 1;
  }
}

function holds(words: readonly string[], sign: readonly string[]): boolean {
  return words.some((_, at) => sign.every((word, step) => words[at + step] === word));
}

import { takeFacts } from './ticket-and-verification.ts';
import { readSentence } from './sentence.ts';
import { foldWord, type Token } from './tokens.ts';
import type { Vocabulary } from './vocabulary-shape.ts';

/** A message read as the answer to a question. */
type Answer = {
  /** It speaks of a reset, so it begins anew and answers nothing. */
  readonly beginsAnew: boolean;
  /** What it names, without courtesy, without words of place before it and without signs at its ends. */
  readonly name: string;
};

/** Reads a cleaned message as an answer. */
export function readAnswer(text: string, vocabulary: Vocabulary): Answer {
  const { reset, place, commands } = vocabulary;
  const { tokens } = readSentence(text, vocabulary);
  const beginsAnew = tokens.some(({ key }) => reset.has(key));
  const isAround = ({ kind, key }: Token): boolean => kind === 'mark' || commands.courtesy.has(key);
  const from = tokens.findIndex((token) => !isAround(token) && !place.has(token.key));
  const to = tokens.findLastIndex((token) => !isAround(token));
  return { beginsAnew, name: from === -1 || to < from ? text.trim() : sliceTokens(text, tokens.slice(from, to + 1)) };
}

/** What stands behind `confirm`: the facts, and a name where several wait. */
export type TypedConfirmation = {
  readonly ticket: string | undefined;
  readonly verification: string | undefined;
  /** Every word that is neither a fact nor a filler; empty where there is none. */
  readonly name: string;
};

/**
 * Reads what stands behind `confirm`. Every word that is neither a fact nor a filler becomes part of the name. So a
 * negation or a condition matches no open confirmation, and confirms nothing. Returns undefined for a question.
 */
export function readConfirmation(
  text: string,
  methods: readonly string[],
  vocabulary: Vocabulary,
): TypedConfirmation | undefined {
  if (text.includes('?')) return undefined;
  const { rest, ticket, verification } = takeFacts(readSentence(text, vocabulary), methods, vocabulary, {
    isProof: true,
  });
  const { confirmFillers, courtesy } = vocabulary.commands;
  const ofMethod = new Set(verification === undefined ? [] : foldWord(verification).match(/[\p{L}\p{N}'-]+/gu));
  const named = rest.tokens.filter(
    ({ kind, key }) => kind === 'word' && !confirmFillers.has(key) && !courtesy.has(key) && !ofMethod.has(key),
  );
  return { ticket, verification, name: sliceTokens(text, named) };
}

function sliceTokens(text: string, tokens: readonly Token[]): string {
  return tokens.length === 0 ? '' : text.slice(tokens[0]?.start, tokens.at(-1)?.end);
}

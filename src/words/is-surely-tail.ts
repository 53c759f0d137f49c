import { findSignature } from './find-signature.ts';
import { isOrdinary } from './is-ordinary.ts';
import { measureTicket } from './measure-ticket.ts';
import { namesPlace } from './names-place.ts';
import type { Token } from './read-tokens.ts';

const clauses =
  /^(?:he|she|they|he's|she's|they're|they've|hes|shes|theyre|i|i'm|i've|it's|user's|because|bc|cuz|who|who's|so|can|could|please|pls|thanks|thank|thx|asap|urgent|urgently|cheers)$/;
const afterMark =
  /^(?:it|this|that|user|caller|client's|his|her|their|the|since|as|if|when|let|then|and|locked|forgot|called|verified|now|today|needed|sorry|again|tell|will|just|phone|many|kind|don't|dont)$/;
const withoutMark = /^(?:he|she|they|he's|she's|they're|because|who)$/;

const mostPartingWords = 3;

/** Whether what begins at `at` is of ordinary words up to the end, and begins as no name does: `, he's locked out`, `because she forgot`. */
export function isSurelyTail(tokens: readonly Token[], at: number): boolean {
  const isMark = tokens[at]?.kind === 'mark';
  const rest = tokens.findIndex((token, index) => index >= at && token.kind !== 'mark');
  const word = tokens[rest]?.word ?? '';
  if (rest === -1) {
    return false;
  }
  const ticket = isMark ? measureTicket(tokens, rest) : 0;
  const begins = ticket > 0 || (isMark ? clauses.test(word) || afterMark.test(word) : withoutMark.test(word));
  if (isParting(tokens, rest, isMark)) {
    return tokens.every((_, index) => index < rest || !namesPlace(tokens, index));
  }
  return begins && tokens.every((_, index) => index < rest + ticket || isOrdinary(tokens, index));
}

/** `. Thanks Bob`, `thanks, Bob`, `regards Bob`: the name that follows is that of whoever wrote. */
function isParting(tokens: readonly Token[], at: number, isAfterMark: boolean): boolean {
  const signed = findSignature(tokens);
  const isApart =
    isAfterMark ||
    /^[,\n.!-]$/.test(tokens[at + 1]?.text ?? '') ||
    /^(?:regards|rgds|sincerely)$/.test(tokens[at]?.word ?? '');
  return isApart && signed < tokens.length && signed > at && signed <= at + mostPartingWords;
}

import { findTailCuts } from './find-tail-cuts.ts';
import { nameVariants } from './name-variants.ts';
import { namesPlace } from './names-place.ts';
import type { Token } from './read-tokens.ts';
import { vocabulary } from './vocabulary.ts';

const most = 3;
const who =
  /^(?:he|she|they|it|this|that|user|caller|who|he's|she's|they're|it's|that's|this's|hes|shes|theyre|its|who's|whos|user's|caller's|person|guy|lady|client|request|reset|one|account)$/;
const isOrWorks =
  /^(?:is|are|was|works?|working|worked|sits|based|employed|currently|also|now|comes?|all|both|belongs?|belonging|located|over|there|an?|employee|staff|employees|user|at|the|member)$/;
const places = /^(?:at|from|in|with|for|of|under|to|@)$/;
const mostBetween = 4;

/** Finds the customers that a further clause names: `…, she is at Contoso`, `the customer is Contoso`, `this is for Contoso`. */
export function findLateCustomers(tokens: readonly Token[]): readonly string[] {
  const starts = tokens.flatMap((_, at) => startsAt(tokens, at)).slice(0, most);
  return starts.flatMap((start) => {
    const run = tokens.slice(start);
    const end = run.findIndex((token, at) => at > 0 && /^[.?!;\n]$/.test(token.text) && token.kind === 'mark');
    const sentence = run.slice(0, end === -1 ? undefined : end);
    return findTailCuts(sentence)
      .slice(0, 2)
      .flatMap((cut) => nameVariants(sentence.slice(0, cut), 'customer'));
  });
}

/** Where a customer's name begins, if the clause that starts at `at` leads to one. */
function startsAt(tokens: readonly Token[], at: number): readonly number[] {
  const token = tokens[at];
  const before = tokens[at - 1];
  if (token?.kind !== 'word' || at === 0) {
    return [];
  }
  let next = at + 1;
  if (who.test(token.word)) {
    while (next <= at + mostBetween && isOrWorks.test(tokens[next]?.word ?? '') && !isPlace(tokens, next)) {
      next += 1;
    }
    return isPlace(tokens, next) ? [next + 1] : [];
  }
  if (vocabulary.customerLabels.has(token.word)) {
    while (/^(?:name|is|was|should|be|called|here|:|=)$/.test(tokens[next]?.word ?? '')) {
      next += 1;
    }
    return next > at + 1 && next < tokens.length ? [next] : [];
  }
  const opensClause = before?.kind === 'mark' && before.text !== '@';
  return opensClause && isPlace(tokens, at) ? [at + 1] : [];
}

function isPlace(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  const skip = /^(?:the|our|a|an|my)$/.test(tokens[at + 1]?.word ?? '') ? 2 : 1;
  return token !== undefined && places.test(token.word) && namesPlace(tokens, at + skip);
}

import type { Action } from './find-plea.ts';
import { isOrdinary } from './is-ordinary.ts';
import { isResetVerb } from './is-reset-verb.ts';
import { namesSomebody } from './names-somebody.ts';
import type { Token } from './read-tokens.ts';
import { vocabulary } from './vocabulary.ts';

const objects = /^(?:the|a|an|it|this|that|to|of|new|temp|temporary|account|login)$/;
const asks = /^(?:ask|asking|tell|telling|get|getting|let|have|remind|ping)$/;
const modals =
  /^(?:will|can|could|should|may|must|might|shall|to|wants|want|please|just|now|kindly|then|go|ahead|and)$/;
const requests = /^(?:request|requests|ticket|call|email|mail|message|case|asked|wants|approval)$/;

/**
 * Whether the one who is named is told, or is going, to reset somebody's password: `ask Bob Smith to reset the password`,
 * `Bob will reset the password`, `hey Bob reset the password`. Whose it is, nobody said.
 */
export function asksAnother(tokens: readonly Token[], action: Action): boolean {
  const isVerb = isResetVerb(tokens[action.from]) !== 'no' && action.to > action.from + 1;
  if (!isVerb || namesSomebody(tokens, action.to, tokens.length)) {
    return false;
  }
  const start = tokens.slice(0, action.from).findLastIndex((token) => /^[.?!;\n]$/.test(token.text)) + 1;
  const clause = tokens.slice(start, action.from);
  const isOfNobody = tokens
    .slice(action.from + 1, action.to)
    .every((token, at, { length }) => at === length - 1 || objects.test(token.word));
  return isAsked(tokens, start, action) || (isOfNobody && (isDoing(tokens, start, action) || isGreeted(clause)));
}

/** `ask Bob Smith to`, `let Bob`. */
function isAsked(tokens: readonly Token[], start: number, action: Action): boolean {
  const asked = tokens.findLastIndex(
    (token, at) => at >= start && at < action.from && token.kind === 'word' && asks.test(token.word),
  );
  const next = tokens[asked + 1]?.word ?? '';
  return asked !== -1 && !/^(?:me|us|a|it|this|that)$/.test(next) && namesSomebody(tokens, asked + 1, action.from);
}

/** `Bob Smith at Contoso will`, `bob@contoso.com can`. */
function isDoing(tokens: readonly Token[], start: number, action: Action): boolean {
  let at = action.from - 1;
  let isTold = false;
  while (at >= start && modals.test(tokens[at]?.word ?? '')) {
    isTold = isTold || !/^(?:please|just|now|kindly|then|go|ahead|and)$/.test(tokens[at]?.word ?? '');
    at -= 1;
  }
  const isRequest = tokens.slice(start, at).some((token) => requests.test(token.word));
  return isTold && !isRequest && at >= start && tokens[at]?.kind !== 'mark' && !isOrdinary(tokens, at);
}

/** `hey Bob`, `thanks Bob,`: a greeting and one name. */
function isGreeted(clause: readonly Token[]): boolean {
  const [first] = clause;
  const greets = vocabulary.greetings.has(first?.word ?? '') || vocabulary.thanks.has(first?.word ?? '');
  const named = clause.filter((_, at) => !isOrdinary(clause, at));
  return greets && named.length === 1 && named[0]?.kind === 'word';
}

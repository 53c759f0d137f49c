import type { WhyNotAReset } from './command.ts';
import type { Action } from './find-plea.ts';
import { isResetVerb } from './is-reset-verb.ts';
import { isPasswordWord } from './is-password-word.ts';
import type { Token } from './read-tokens.ts';
import { vocabulary } from './vocabulary.ts';

const clauseEnds = new Set('.?!;,\n'.split(''));
const sentenceEnds = new Set('.?!;\n'.split(''));

/** Why a sentence that speaks of a reset at `action` asks for none, as far as the words around it tell. */
export function findWhyNot(tokens: readonly Token[], action: Action): WhyNotAReset | undefined {
  if (isNegated(tokens, action)) {
    return 'negated';
  }
  return asksAbout(tokens, action) ? 'question' : undefined;
}

function isNegated(tokens: readonly Token[], action: Action): boolean {
  let at = action.from - 1;
  while (at >= 0 && isWordOf(tokens[at], vocabulary.negatedFillers)) {
    at -= 1;
  }
  if (isWordOf(tokens[at], vocabulary.negators)) {
    return true;
  }
  return tokens.some((token, index) => {
    if (index < action.to || token.kind !== 'word') {
      return false;
    }
    const followsMark =
      (tokens[index - 1]?.kind === 'mark' && tokens[index - 1]?.text !== '@') || tokens[index - 1]?.word === 'but';
    const next = tokens[index + 1]?.word ?? '';
    const isRetraction =
      token.word === 'nevermind' ||
      (token.word === 'never' && next === 'mind') ||
      (/^(?:don't|dont|not|no)$/.test(token.word) &&
        followsMark &&
        !/^(?:sure|urgent|rush|hurry|forget|worries|worry|problem|mfa)$/.test(next));
    return isRetraction || (token.word === 'not' && index === action.to);
  });
}

function asksAbout(tokens: readonly Token[], action: Action): boolean {
  const start =
    tokens.slice(0, action.from).findLastIndex((token) => token.kind === 'mark' && sentenceEnds.has(token.text)) + 1;
  let isClauseStart = true;
  for (let at = start; at < action.from; at += 1) {
    const token = tokens[at];
    const word = token?.kind === 'word' ? token.word : '';
    const isAbout = /^(?:about|on|regarding)$/.test(tokens[at + 1]?.word ?? '');
    if (word === 'how' || word === 'whether' || (isAbout && /^(?:asks?|asked|asking|questions?|query)$/.test(word))) {
      return true;
    }
    if (isClauseStart && vocabulary.questionStarts.has(word) && !isPoliteQuestion(tokens, at)) {
      return true;
    }
    if (isClauseStart && /^(?:can|could|may)$/.test(word) && tokens[at + 1]?.word === 'i') {
      return !/^(?:get|have|request|ask|please|pls|plz|trouble)$/.test(tokens[at + 2]?.word ?? '');
    }
    isClauseStart =
      (token?.kind === 'mark' && clauseEnds.has(token.text)) ||
      (isClauseStart && (token?.kind === 'mark' || isOpening(word)));
  }
  return false;
}

/** `have jane's password reset`, `do a reset`, `is it possible to reset`: wishes in the dress of a question. */
function isPoliteQuestion(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at]?.word ?? '';
  const next = tokens[at + 1]?.word ?? '';
  const third = tokens[at + 2]?.word ?? '';
  if (word === 'do') {
    return (
      /^(?:a|an|the|me|this|us)$/.test(next) || isPasswordWord(tokens[at + 1]) || isResetVerb(tokens[at + 1]) !== 'no'
    );
  }
  if (word === 'are') {
    return next === 'you' && /^(?:able|free|around|available)$/.test(third);
  }
  if (word === 'is') {
    return (
      (next === 'it' && third === 'possible') ||
      (next === 'there' && /^(?:any|a)$/.test(third)) ||
      /^(?:someone|somebody|anyone)$/.test(next)
    );
  }
  return word === 'have' && !/^(?:you|they|we|i)$/.test(next);
}

function isOpening(word: string): boolean {
  return (
    vocabulary.greetings.has(word) ||
    vocabulary.polite.has(word) ||
    vocabulary.crowd.has(word) ||
    vocabulary.fronts.has(word)
  );
}

function isWordOf(token: Token | undefined, words: ReadonlySet<string>): boolean {
  return token?.kind === 'word' && words.has(token.word);
}

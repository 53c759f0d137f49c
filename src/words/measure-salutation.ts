import type { Token } from './read-tokens.ts';
import { isResetVerb } from './is-reset-verb.ts';
import { plainWords } from './plain-words.ts';

const mostWords = 3;
const greetings = /^(?:hi|hello|hey|hiya|dear|morning|afternoon|evening|hallo|yo)$/;

/** How many tokens at the beginning greet somebody by name or say who speaks: `Hi Bob,`, `Bob here,`, `this is Bob Smith,`; 0 where none do. */
export function measureSalutation(tokens: readonly Token[]): number {
  const greets = greetings.test(tokens[0]?.word ?? '');
  const introduces = /^(?:this is|it's|its me)$/.test(
    `${tokens[0]?.word ?? ''}${tokens[0]?.word === "it's" ? '' : ` ${tokens[1]?.word ?? ''}`}`,
  );
  const begin = greets ? 1 : introduces ? (tokens[0]?.word === "it's" ? 1 : 2) : 0;
  let end = begin;
  while (end < begin + mostWords && isNamePart(tokens[end])) {
    end += 1;
  }
  if (end === begin) {
    return 0;
  }
  const closer = /^(?:here|speaking)$/.test(tokens[end]?.word ?? '') ? end + 1 : end;
  const isClosed = tokens[closer]?.kind === 'mark' && ',!.:\n-;'.includes(tokens[closer]?.text ?? '?');
  return isClosed && (begin > 0 || closer > end) ? closer + 1 : 0;
}

function isNamePart(token: Token | undefined): boolean {
  return token?.kind === 'word' && !plainWords.has(token.word) && isResetVerb(token) === 'no';
}

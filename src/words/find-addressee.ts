import type { Action } from './find-plea.ts';
import { isResetVerb } from './is-reset-verb.ts';
import { plainWords } from './plain-words.ts';
import type { Token } from './read-tokens.ts';
import { vocabulary } from './vocabulary.ts';

const mostWords = 3;

/** A colleague whom the order is said to: `hey Bob reset …`, `Anna Lee, reset …`, `Bob could you please reset …`. Their name, as tokens; empty where there is none. */
export function findAddressee(tokens: readonly Token[], action: Action): readonly Token[] {
  const before = tokens.slice(0, action.from);
  const start = before.findIndex((token) => token.kind !== 'word' || !vocabulary.greetings.has(token.word));
  if (start === -1) {
    return [];
  }
  const end = before.findIndex((token, at) => at >= start && !isNamePart(token));
  const name = before.slice(start, end === -1 ? undefined : end);
  const rest = before.slice(start + name.length);
  const isPolite = rest.every(({ kind, word, text }) =>
    kind === 'mark'
      ? text === ','
      : vocabulary.polite.has(word) || /^(?:can|could|would|will|you|u|kindly)$/.test(word),
  );
  const isSaid = start > 0 || rest[0]?.text === ',' || rest.some(({ word }) => /^(?:you|u)$/.test(word));
  return isPolite && isSaid && name.length <= mostWords ? name : [];
}

function isNamePart(token: Token): boolean {
  return token.kind === 'word' && !plainWords.has(token.word) && isResetVerb(token) === 'no';
}

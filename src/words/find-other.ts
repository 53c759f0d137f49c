import { isPasswordWord } from './is-password-word.ts';
import type { Token } from './read-tokens.ts';
import { stripPossessive } from './strip-possessive.ts';
import { vocabulary } from './vocabulary.ts';

const leads =
  /^(?:about|regarding|concerning|re|that|says|said|saying|for|reports|reported|reporting|because|cause|behalf|get|have|having|helping|reset|need|needs|want|wants|as|since|with)$/;
const small =
  /^(?:me|us|you|my|our|your|his|her|their|to|the|a|an|user|colleague|boss|manager|coworker|employee|staff|member|please|urgently|quickly|quick|new|temp|temporary|hand|of|and|ask|asking|get|have|help|need|needs|that|in|for|about|it|this|he|she|they|him|them|i|we|we're|i'm|he's|she's|they're|someone|urgent|access|be|not)$/;
const stateful =
  /^(?:is|isn't|was|has|hasn't|had|can't|cannot|can|cant|forgot|forgets|lost|needs|wants|locked|got|who|needing|requires|would|will|still|keeps|because|and|so|being|having|again|immediately|asap|please|urgently|today|now|pls)$/;

/** In a story, the person that it is about where that is not who tells it: `… called about Jane Doe`, `… needs Jane Doe's password`. */
export function findOther(tale: readonly Token[]): readonly Token[] {
  for (let at = 0; at < tale.length; at += 1) {
    if (leads.test(tale[at]?.word ?? '')) {
      const run = readName(tale, at + 1);
      if (run.length > 0) {
        return run;
      }
    }
  }
  return [];
}

function readName(tale: readonly Token[], from: number): readonly Token[] {
  let start = from;
  while (small.test(tale[start]?.word ?? '')) {
    start += 1;
  }
  let end = start;
  while (end < tale.length && !endsName(tale[end])) {
    end += 1;
  }
  const run = tale.slice(start, end);
  const isNamed = run.length > 0 && !isPasswordWord(tale[start]) && !vocabulary.pronouns.has(run[0]?.word ?? '');
  return isNamed ? (stripPossessive(run) ?? run) : [];
}

function endsName(token: Token | undefined): boolean {
  return (
    token === undefined ||
    isPasswordWord(token) ||
    stateful.test(token.word) ||
    (token.kind === 'mark' && token.text !== '@')
  );
}

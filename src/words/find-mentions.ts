import { isOrdinary } from './is-ordinary.ts';
import { isPasswordWord } from './is-password-word.ts';
import { isResetVerb } from './is-reset-verb.ts';
import { measureLead } from './measure-lead.ts';
import type { Token } from './read-tokens.ts';
import { vocabulary } from './vocabulary.ts';

/** Tokens that mention somebody in passing, with the words that lead to them; `hasAddress` where they hold an address. */
export type Mention = { readonly from: number; readonly to: number; readonly hasAddress: boolean };

const longestName = 4;
const stops = new Set(
  'at from in @ of for and or but so because if when who he she they it this that please pls thanks'.split(' '),
);

/** Finds those who are only mentioned: `requested by Bob Smith`, `cc boss@contoso.com`, `reply to …`. */
export function findMentions(tokens: readonly Token[]): readonly Mention[] {
  const mentions: Mention[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const lead = tokens[at]?.kind === 'word' ? measureLead(tokens, at) : 0;
    const mention = lead === 0 ? undefined : readMention(tokens, at, at + lead);
    if (mention !== undefined) {
      mentions.push(mention);
      at = mention.to - 1;
    }
  }
  return mentions;
}

function readMention(tokens: readonly Token[], from: number, start: number): Mention | undefined {
  let to = start;
  let names = 0;
  let hasAddress = false;
  while (to < tokens.length && names <= longestName) {
    const token = tokens[to];
    if (token?.kind === 'address') {
      hasAddress = true;
    } else if (token === undefined || hasAddress || !goesOn(tokens, to)) {
      break;
    }
    names += token.kind === 'mark' ? 0 : 1;
    to += 1;
  }
  while (hasAddress && /^[)\]>]$/.test(tokens[to]?.text ?? '')) {
    to += 1;
  }
  while (
    hasAddress &&
    tokens[to]?.kind === 'word' &&
    !stops.has(tokens[to]?.word ?? '') &&
    isOrdinary(tokens, to) &&
    isResetVerb(tokens[to]) === 'no'
  ) {
    to += 1;
  }
  return names === 0 ? undefined : { from: startOf(tokens, from), to, hasAddress };
}

function goesOn(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token === undefined || stops.has(token.word) || isPasswordWord(token) || isResetVerb(token) === 'certain') {
    return false;
  }
  return token.kind === 'mark'
    ? '([<'.includes(token.text) && tokens[at + 1]?.kind === 'address'
    : !vocabulary.clauseStarts.has(token.word);
}

/** The `and`, the comma or the bracket that the mention came with. */
function startOf(tokens: readonly Token[], from: number): number {
  let start = from;
  while (start > 0 && /^(?:and|then|also|please|pls|[,([-])$/.test(tokens[start - 1]?.word ?? '')) {
    start -= 1;
  }
  return start;
}

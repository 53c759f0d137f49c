import { isOrdinary } from './is-ordinary.ts';
import { isPasswordWord } from './is-password-word.ts';
import { isResetVerb } from './is-reset-verb.ts';
import { measureLead } from './measure-lead.ts';
import type { Token } from './read-tokens.ts';
import { vocabulary } from './vocabulary.ts';

/** Tokens that mention somebody in passing, with the words that lead to them; `hasAddress` where they hold an address. */
export type Mention = { readonly from: number; readonly to: number; readonly hasAddress: boolean };

const longestName = 4;
const relations = new Set(
  'manager boss supervisor delegate backup assistant secretary pa colleague coworker owner sponsor line'.split(' '),
);
const stops = new Set(
  'at from in @ of for and or but so because if when who he she they it this that please pls thanks'.split(' '),
);

/** Finds those who are only mentioned: `requested by Bob Smith`, `cc boss@contoso.com`, `reply to …`. */
export function findMentions(tokens: readonly Token[]): readonly Mention[] {
  const mentions: Mention[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    // `Bob's colleague Jane` is Jane, and not mentioned in passing.
    const isOwned = relations.has(tokens[at]?.word ?? '') && /(?:'s|s')$/.test(tokens[at - 1]?.word ?? '');
    const lead = tokens[at]?.kind === 'word' && !isOwned ? measureLead(tokens, at) : 0;
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
    } else if (token === undefined || hasAddress || !goesOn(tokens, to) || (names > 0 && measureLead(tokens, to) > 0)) {
      break;
    }
    names += token.kind === 'mark' ? 0 : 1;
    to += 1;
  }
  return names === 0 ? undefined : { from: startOf(tokens, from), to: hasAddress ? endOf(tokens, to) : to, hasAddress };
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

/** The bracket after an address, and the ordinary words that end the clause: `let jane@contoso.com know`. */
function endOf(tokens: readonly Token[], from: number): number {
  let end = from;
  while (/^[)\]>]$/.test(tokens[end]?.text ?? '')) {
    end += 1;
  }
  while (endsMention(tokens, end)) {
    end += 1;
  }
  return end;
}

function endsMention(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  return token?.kind === 'word' && !stops.has(token.word) && isOrdinary(tokens, at) && isResetVerb(token) === 'no';
}

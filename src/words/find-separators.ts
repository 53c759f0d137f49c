import type { Token } from './read-tokens.ts';
import { vocabulary } from './vocabulary.ts';

/** A place between a person and a customer; a lower `rank` is the more plausible one. */
export type Separator = { readonly from: number; readonly to: number; readonly rank: number };

const most = 12;
const strong = new Set('at from @'.split(' '));
const weak = new Set('in of for on with under w/ within belonging over'.split(' '));
const signs = new Set(', - | / ( : ; \n > = . -- ->'.split(' ').concat('\n'));

/** Finds what may stand between a person and a customer, the most plausible first, and of one kind from left to right. */
export function findSeparators(tokens: readonly Token[]): readonly Separator[] {
  const found: Separator[] = [];
  const perRank = new Map<number, number>();
  tokens.forEach((token, at) => {
    const rank = rankOf(tokens, token, at);
    const count = rank === undefined ? most : (perRank.get(rank) ?? 0);
    if (rank !== undefined && count < most && at > 0 && at < tokens.length - 1) {
      perRank.set(rank, count + 1);
      const isNamedLabel =
        rank !== 1 &&
        at + 2 < tokens.length &&
        /^(?:id|is|name)$/.test(tokens[at + 1]?.word ?? '') &&
        token.kind === 'word';
      found.push({ from: at, to: isNamedLabel ? at + 2 : at + 1, rank });
    }
  });
  return found.toSorted((one, other) => one.rank - other.rank || one.from - other.from);
}

function rankOf(tokens: readonly Token[], token: Token, at: number): number | undefined {
  if (token.kind === 'mark') {
    return token.text === '@' ? 1 : signs.has(token.text) ? 2 : undefined;
  }
  if (token.kind !== 'word' || !token.spaced) {
    return undefined;
  }
  if (vocabulary.customerLabels.has(token.word)) {
    return /^[:=]$/.test(tokens[at + 1]?.text ?? '') ? 0 : 3;
  }
  return strong.has(token.word) ? 1 : weak.has(token.word) || /^-{1,2}$/.test(token.word) ? 3 : undefined;
}

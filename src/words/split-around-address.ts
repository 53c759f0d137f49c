import type { Reading } from './command.ts';
import { findSeparators } from './find-separators.ts';
import { nameVariants } from './name-variants.ts';
import type { Token } from './read-tokens.ts';

const comparing = new Set('sorry of as like not by with via than and or to'.split(' '));
const telling = new Set(
  'called calls rang phoned vouched vouches asked asks said says approved approves wants wanted wrote confirmed verified told is was has will requested reported needs'.split(
    ' ',
  ),
);

/** The readings of a run of tokens that holds an address: it is the person, and what stands around it may be the customer. */
export function splitAroundAddress(tokens: readonly Token[]): readonly Reading[] {
  const at = tokens.findIndex((token) => token.kind === 'address');
  const address = tokens[at];
  if (address === undefined || standsApart(tokens, at)) {
    return [];
  }
  const user = stripOwner(address.text);
  const rest = runAfter(tokens, at);
  const before = tokens.slice(0, at);
  const alone: Reading = { user, customer: undefined };
  const after = withCustomers(user, rest);
  const ahead = withCustomers(user, customerAhead(before));
  const isNamed = findSeparators([address, ...rest]).some(({ from, rank }) => from === firstWord(rest) && rank !== 2);
  const [next] = rest;
  const isListed = next?.kind === 'mark' && ',-|/'.includes(next.text);
  if (isNamed || isListed || (rest.length > 0 && next?.kind !== 'mark')) {
    return [...after, alone, ...ahead];
  }
  return findSeparators(before).some(({ rank }) => rank < 2)
    ? [...ahead, alone, ...after]
    : [alone, ...after, ...ahead];
}

/** In `Jane, bob@contoso.com called` and `Jane like bob@contoso.com` the address is somebody else's than the name before it. */
function standsApart(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  return at > 0 && ((before?.kind === 'word' && comparing.has(before.word)) || telling.has(tokens[at + 1]?.word ?? ''));
}

/** What follows the address, up to the next one; where the same address stands twice side by side, what follows the second. */
function runAfter(tokens: readonly Token[], at: number): readonly Token[] {
  const last = tokens.findLastIndex((token) => token.kind === 'address');
  const between = tokens.slice(at + 1, last);
  return between.every((token) => token.kind === 'mark') ? tokens.slice(last + 1) : between;
}

function firstWord(rest: readonly Token[]): number {
  const index = rest.findIndex((token) => token.kind !== 'mark' || token.text === '@');
  return index + 1;
}

function customerAhead(before: readonly Token[]): readonly Token[] {
  const separator = findSeparators([{ kind: 'word', text: '', word: '', spaced: false }, ...before])[0];
  return separator !== undefined && separator.rank < 2 ? before.slice(separator.to - 1) : before;
}

function withCustomers(user: string, tokens: readonly Token[]): readonly Reading[] {
  const first = tokens.find((token) => token.kind !== 'mark');
  const isLinked = first?.kind === 'word' && /^(?:at|from|in|of|for|on|with|w\/|within)$/.test(first.word);
  const named = isLinked ? tokens.slice(tokens.indexOf(first) + 1) : tokens;
  return nameVariants(named, 'customer').map((customer) => ({ user, customer }));
}

function stripOwner(address: string): string {
  return address.replace(/'s?$/i, '');
}

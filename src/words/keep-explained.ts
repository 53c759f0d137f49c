import type { Reading } from './command.ts';
import { createFindUnexplained } from './find-unexplained.ts';
import { isOrdinary } from './is-ordinary.ts';
import { nameOf } from './name-of.ts';
import type { Token } from './read-tokens.ts';

const longestGuard = 6;
const mostGuards = 2;

/**
 * Drops the readings that pass over words which may name somebody or a customer. Where such words follow one another
 * and the reading names no customer, they are read as the customer: there is none of that name, so it asks.
 */
export function keepExplained(
  readings: readonly Reading[],
  tokens: readonly Token[],
  said: { readonly ordered: ReadonlySet<Token>; readonly aside: ReadonlySet<Token> },
): readonly Reading[] {
  const findUnexplained = createFindUnexplained(tokens, said);
  const kept: Reading[] = [];
  const guards: Reading[] = [];
  const turnedGuards: Reading[] = [];
  for (const reading of readings) {
    const unexplained = findUnexplained(reading);
    const first = unexplained[0];
    const last = unexplained.at(-1);
    if (first === undefined || last === undefined) {
      kept.push(reading);
    } else if (kept.length === 0 && reading.customer === undefined && last - first < longestGuard) {
      const customer = nameOf(tokens.slice(first, endOfName(tokens, last)));
      // `Northwind called, Jane Doe is locked out`: it may be the other way round.
      const turned = customer === undefined ? [] : [{ user: customer, customer: reading.user }];
      guards.push(...(customer === undefined ? [] : [{ user: reading.user, customer }]));
      turnedGuards.push(...turned);
    }
  }
  return [...guards.slice(0, mostGuards), ...turnedGuards.slice(0, mostGuards), ...kept];
}

/** Where the name that the word at `last` is part of ends: `An` is read as `An Lee`. */
function endOfName(tokens: readonly Token[], last: number): number {
  let end = last + 1;
  while (end < tokens.length && end - last < longestGuard && tokens[end]?.kind !== 'mark' && !isOrdinary(tokens, end)) {
    end += 1;
  }
  return end;
}

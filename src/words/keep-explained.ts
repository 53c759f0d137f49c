import type { Reading } from './command.ts';
import { createFindUnexplained } from './find-unexplained.ts';
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
  for (const reading of readings) {
    const unexplained = findUnexplained(reading);
    const first = unexplained[0];
    const last = unexplained.at(-1);
    if (first === undefined || last === undefined) {
      kept.push(reading);
    } else if (kept.length === 0 && reading.customer === undefined && last - first < longestGuard) {
      const customer = nameOf(tokens.slice(first, last + 1));
      guards.push(...(customer === undefined ? [] : [{ user: reading.user, customer }]));
    }
  }
  return [...guards.slice(0, mostGuards), ...kept];
}

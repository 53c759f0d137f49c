import type { Token } from './read-tokens.ts';

const reference =
  /^(?:#\d{2,12}|(?:inc|req|ritm|sr|cs|chg|tkt|case|ticket|task|tick|sctask)[-_]?#?\d{2,12}|t\d{8}\.\d{1,6}|[a-z]{1,6}-\d{2,10})$/;
const announcing = new Set('ticket case incident request ref reference tkt inc req sr'.split(' '));
const between = new Set('# no no. number nr ref id : - . is'.split(' '));

/** How many tokens from `at` on are a ticket's number: `INC12345`, `ticket #4711`, `case no. 12`; 0 where there is none. */
export function measureTicket(tokens: readonly Token[], at: number): number {
  const word = tokens[at]?.word ?? '';
  if (reference.test(word)) {
    return 1;
  }
  if (!announcing.has(word)) {
    return 0;
  }
  let next = at + 1;
  while (next < at + 4 && between.has(tokens[next]?.word ?? '')) {
    next += 1;
  }
  const number = tokens[next]?.word ?? '';
  return /^#?\d{1,12}$/.test(number) || reference.test(number) ? next + 1 - at : 0;
}

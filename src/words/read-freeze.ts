import type { Command } from './command.ts';
import { nameVariants } from './name-variants.ts';
import type { Token } from './read-tokens.ts';

const allWords = /^(?:all|every|everything|everyone|everybody)$/;
const smallWords =
  /^(?:the|them|password|passwords|resets?|for|at|of|customer's|customers|tenants|now|it|immediately|asap|:)$/;

/**
 * Reads what follows `freeze` or `thaw`: a customer, or nothing for all. `said` is the whole sentence, of which courtesy
 * may have taken an `all`. One user's account is not frozen here: undefined.
 */
export function readFreeze(
  kind: 'freeze' | 'thaw',
  rest: readonly Token[],
  said: readonly Token[],
): Command | undefined {
  if (/^(?:account|mailbox|user|licence|license|phone|screen)$/.test(rest.at(-1)?.word ?? '')) {
    return undefined;
  }
  const customer = saysEverything(rest) ? undefined : readCustomer(rest);
  const everything = customer === undefined && said.some(({ word }) => allWords.test(word));
  return { kind, customer, everything };
}

/** `everything, we are under attack`, `every customer`; in an emergency nobody weighs the words that follow. */
function saysEverything([first, second]: readonly Token[]): boolean {
  if (/^every(?:thing|one|body)$/.test(first?.word ?? '')) return second === undefined || second.kind === 'mark';
  return first?.word === 'every' && second?.word === 'customer';
}

function readCustomer(rest: readonly Token[]): string | undefined {
  const isSmall = ({ word }: Token): boolean => allWords.test(word) || smallWords.test(word);
  const from = rest.findIndex((token) => !isSmall(token));
  if (from === -1) return undefined;
  const to = rest.findLastIndex(({ word }) => !/^(?:now|immediately|asap)$/.test(word));
  const [customer] = nameVariants(rest.slice(from, to + 1), 'customer');
  return customer;
}

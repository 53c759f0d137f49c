import type { Command } from './command.ts';
import { nameVariants } from './name-variants.ts';
import type { Token } from './read-tokens.ts';

const allWords = /^(?:all|every|everything|everyone|everybody)$/;
const smallWords =
  /^(?:the|them|password|passwords|resets?|for|at|of|customer's|customers|tenants|now|it|immediately|asap|:)$/;

const pleads = /^(?:please|pls|plz|plss|pleas|plese|kindly)$/;

/**
 * Reads what follows `freeze` or `thaw`: a customer, or nothing for all. `said` is the whole sentence, of which courtesy
 * may have taken an `all`. A question does nothing, unless somebody pleads for the brake. One user's account is not frozen
 * here: undefined.
 */
export function readFreeze(
  kind: 'freeze' | 'thaw',
  rest: readonly Token[],
  said: readonly Token[],
): Command | undefined {
  if (/^(?:account|mailbox|user|licence|license|phone|screen)$/.test(rest.at(-1)?.word ?? '')) {
    return undefined;
  }
  const asks = said.some(({ text }) => text === '?');
  if (asks && !(kind === 'freeze' && said.some(({ word }) => pleads.test(word)))) return { kind: 'about-freezing' };
  // A brake pulled too far harms nobody; one let go by a sentence that names an exception does. Then nothing is lifted.
  if (kind === 'freeze' && saysEverything(rest)) return { kind, customer: undefined, everything: true };
  const customer = readCustomer(rest);
  const everything = customer === undefined && meansEverything(said);
  return { kind, customer, everything };
}

/** Whether `all` stands behind the verb, and not before it, as in `hi all, thaw`. */
function meansEverything(said: readonly Token[]): boolean {
  const verb = said.findIndex(({ word }) => /^(?:freeze|thaw|unfreeze|un-freeze)$/.test(word));
  const next = said.slice(verb + 1).find(({ word }) => !smallWords.test(word) && !pleads.test(word));
  return allWords.test(next?.word ?? '');
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

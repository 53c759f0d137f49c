import type { Command } from './command.ts';
import { nameVariants } from './name-variants.ts';
import type { Token } from './read-tokens.ts';

/** Reads what follows `freeze` or `thaw`: a customer, or nothing for all. One user's account is not frozen here: undefined. */
export function readFreeze(kind: 'freeze' | 'thaw', rest: readonly Token[]): Command | undefined {
  if (/^(?:account|mailbox|user|licence|license|phone|screen)$/.test(rest.at(-1)?.word ?? '')) {
    return undefined;
  }
  const from = rest.findIndex(
    (token) =>
      !/^(?:all|every|the|password|passwords|resets?|for|at|of|customer's|now|everything|everyone|it|immediately|:)$/.test(
        token.word,
      ),
  );
  const [customer] = from === -1 ? [] : nameVariants(rest.slice(from), 'customer');
  const everything =
    customer === undefined && rest.some(({ word }) => /^(?:all|every|everything|everyone)$/.test(word));
  return { kind, customer, everything };
}

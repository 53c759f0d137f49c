import type { Reading } from './command.ts';
import { isOrdinary } from './is-ordinary.ts';
import { measureTicket } from './measure-ticket.ts';
import { namesPlace } from './names-place.ts';
import type { Token } from './read-tokens.ts';
import { resembles } from './resembles.ts';
import { wordsIn } from './words-in.ts';

/**
 * Finds where a reading passes over words that may name somebody or a customer: everything that is neither in the
 * reading, nor an ordinary word, nor a ticket's number, nor among the words that give the order,
 * nor `aside`: people mentioned in passing, who count as explained only where the customer is certain.
 */
export function createFindUnexplained(
  tokens: readonly Token[],
  said: { readonly ordered: ReadonlySet<Token>; readonly aside: ReadonlySet<Token> },
): (reading: Reading) => readonly number[] {
  const tickets = new Set(
    tokens.flatMap((_, at) => Array.from({ length: measureTicket(tokens, at) }, (__, index) => at + index)),
  );
  const open = tokens.flatMap((token, at) =>
    tickets.has(at) || said.ordered.has(token) || isOrdinary(tokens, at)
      ? []
      : [
          {
            token,
            at,
            words: wordsIn(token.text),
            isAside: said.aside.has(token) && (token.kind === 'address' || !namesPlace(tokens, at)),
          },
        ],
  );
  return ({ user, customer }) => {
    const used = new Set([...wordsIn(user), ...wordsIn(customer ?? '')]);
    const isAddress = user.includes('@');
    const isCertain = customer !== undefined || isAddress;
    return open.flatMap(({ at, words, isAside }) => {
      const isUsed = words.every((word) => used.has(word));
      return isUsed || (isCertain && isAside) || (isAddress && resembles(tokens, at, user)) ? [] : [at];
    });
  };
}

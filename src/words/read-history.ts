import type { Command } from './command.ts';
import { nameVariants } from './name-variants.ts';
import type { Token } from './read-tokens.ts';
import { vocabulary } from './vocabulary.ts';

/** Reads `history`, `show me the history of Jane Doe`; undefined for anything else. */
export function readHistory(tokens: readonly Token[]): Command | undefined {
  const at = tokens.findIndex((token) => token.word === 'history');
  const isAsked =
    at >= 0 &&
    tokens
      .slice(0, at)
      .every((token) =>
        /^(?:show|me|the|get|give|list|view|see|my|reset|password|audit|full|recent|can|i|you|display|print)$/.test(
          token.word,
        ),
      );
  if (!isAsked) {
    return undefined;
  }
  const named = tokens.slice(at + 1);
  const from = named.findIndex(
    (token) => token.kind !== 'mark' && !/^(?:of|for|on|about|with|from|at|user|customer|resets?)$/.test(token.word),
  );
  const isCustomer = named.some((token) => vocabulary.customerLabels.has(token.word));
  const [of] = from === -1 ? [] : nameVariants(named.slice(from), isCustomer ? 'customer' : 'user');
  return { kind: 'history', of };
}

import type { Action } from './find-plea.ts';
import { isOrdinary } from './is-ordinary.ts';
import { namesSomebody } from './names-somebody.ts';
import type { Token } from './read-tokens.ts';
import { vocabulary } from './vocabulary.ts';

/**
 * Whether the only name stands apart after an order that is whole without it, as a signature does: `please reset the
 * password` and, on the next line, `Bob Smith | Contoso`. `Reset password`, and a name on the next line, is an order.
 */
export function isSigned(tokens: readonly Token[], action: Action): boolean {
  let end = action.to;
  while (tokens[end]?.kind === 'word' && vocabulary.polite.has(tokens[end]?.word ?? '')) {
    end += 1;
  }
  const words = tokens.slice(action.from, action.to).map(({ word }) => word);
  const isOwned = words.some((word) => /^(?:his|her|their)$/.test(word));
  const isPolite = tokens.slice(0, end).some(({ word }) => /^(?:please|pls|plz|kindly)$/.test(word));
  const isWhole = isOwned || isPolite;
  const parting = tokens[end]?.kind === 'mark' ? (tokens[end]?.text ?? '') : '';
  const isApart = /^[.?!]$/.test(parting) || (parting === '\n' && (isOwned || words.includes('the')));
  let name = end;
  while (tokens[name]?.kind === 'mark') {
    name += 1;
  }
  if (!action.hasPassword || !isWhole || !isApart || name >= tokens.length || isOrdinary(tokens, name)) {
    return false;
  }
  const tellsWhere = tokens.slice(name).some(({ word }) => /^(?:at|from|@|for|user|customer)$/.test(word));
  return !tellsWhere && !namesSomebody(tokens, 0, action.from);
}

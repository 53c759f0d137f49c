import type { Card, Json } from '../../../src/teams/cards/card.ts';

export type JsonObject = { readonly [name: string]: Json | undefined };

/** Every object in a card, itself included, in the order they stand. */
export function walkCard(node: Card | Json | undefined): readonly JsonObject[] {
  if (isList(node)) return node.flatMap(walkCard);
  if (typeof node !== 'object' || node === null) return [];
  return [node, ...Object.values(node).flatMap(walkCard)];
}

function isList(node: Card | Json | undefined): node is readonly Json[] {
  return Array.isArray(node);
}

import type { Json } from '../../../src/teams/cards/card.ts';

/** A value of a card as text; what is none stands out in whatever a test compares. */
export function asText(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? 'nothing');
}

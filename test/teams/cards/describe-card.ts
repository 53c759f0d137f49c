import type { Card, Json } from '../../../src/teams/cards/card.ts';
import { asText } from './as-text.ts';
import { walkCard } from './walk-card.ts';

/** What a person or a program that looks at a card from outside can rely on. */
export function describeCard(card: Card) {
  const parts = walkCard(card);
  const [first] = card.body;
  return {
    id: walkCard(first)[0]?.id,
    buttons: (card.actions ?? []).map((action) => walkCard(action)[0]?.title),
    verbs: (card.actions ?? []).map((action) => walkCard(action)[0]?.verb),
    data: (card.actions ?? []).map((action) => walkCard(action)[0]?.data),
    inputs: parts.filter(({ type }) => asText(type).startsWith('Input.')).map(({ id }) => id),
    texts: parts.filter(({ type }) => type === 'TextRun' || type === 'TextBlock').map(({ text }) => asText(text)),
    part: (id: string) => parts.find((part) => part.id === id),
  };
}

/** The text of a `RichTextBlock` as it is read. */
export function textOf(block: { readonly inlines?: Json } | undefined): string {
  return walkCard(block?.inlines)
    .map(({ text }) => asText(text))
    .join('');
}

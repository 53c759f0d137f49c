import { createRequire } from 'node:module';
import type { Card, Json } from '../../src/teams/cards/card-template.ts';

type JsonObject = { readonly [name: string]: Json | undefined };

/** Every object in a card, itself included, in the order they stand. */
export function walkCard(node: Card | Json | undefined): readonly JsonObject[] {
  if (isList(node)) return node.flatMap(walkCard);
  if (typeof node !== 'object' || node === null) return [];
  return [node, ...Object.values(node).flatMap(walkCard)];
}

function isList(node: Card | Json | undefined): node is readonly Json[] {
  return Array.isArray(node);
}

/** A value of a card as text; what is none stands out in whatever a test compares. */
export function asText(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? 'nothing');
}

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

type Events = { readonly eventCount: number; getEventAt(index: number): { readonly message: string } };
type Renderer = {
  readonly AdaptiveCard: new () => {
    parse(card: object, context: Events): void;
    validateProperties(): { readonly validationEvents: readonly { readonly message: string }[] };
  };
  readonly SerializationContext: new () => Events;
};

const renderer: Renderer = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js');

const common = ['type', 'id', 'spacing', 'separator'];
/** The properties of Adaptive Cards 1.5 that our cards use (adaptivecards.io/explorer); the parser overlooks unknown ones. */
const properties = new Map([
  ['AdaptiveCard', ['$schema', 'type', 'version', 'fallbackText', 'body', 'actions']],
  ['Container', [...common, 'style', 'bleed', 'items']],
  ['ColumnSet', [...common, 'columns']],
  ['Column', [...common, 'width', 'items']],
  ['TextBlock', [...common, 'text', 'size', 'weight', 'color', 'isSubtle', 'wrap', 'style']],
  ['RichTextBlock', [...common, 'inlines']],
  ['TextRun', ['type', 'text', 'size', 'weight', 'isSubtle', 'fontType']],
  ['Input.ChoiceSet', [...common, 'label', 'style', 'wrap', 'placeholder', 'isRequired', 'errorMessage', 'choices']],
  ['Input.Text', [...common, 'label', 'maxLength', 'isRequired', 'errorMessage']],
  ['ActionSet', [...common, 'actions']],
  ['Action.Execute', ['type', 'title', 'verb', 'data', 'style', 'associatedInputs', 'fallback']],
]);

/** What Microsoft's own parser and the list of known properties hold against a card. */
export function cardProblems(card: Card): readonly string[] {
  const events = new renderer.SerializationContext();
  const parsed = new renderer.AdaptiveCard();
  parsed.parse(structuredClone(card), events);
  const said = Array.from({ length: events.eventCount }, (_, index) => events.getEventAt(index).message);
  const unknown = walkCard(card).flatMap(({ type, ...part }) => {
    if (type === undefined) return [];
    const known = properties.get(asText(type));
    if (known === undefined) return [`unknown type ${asText(type)}`];
    return Object.keys(part).flatMap((name) => (known.includes(name) ? [] : [`${asText(type)} has no ${name}`]));
  });
  return [...said, ...parsed.validateProperties().validationEvents.map(({ message }) => message), ...unknown];
}

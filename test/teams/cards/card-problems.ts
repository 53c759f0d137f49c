import { createRequire } from 'node:module';
import type { Card } from '../../../src/teams/cards/card.ts';
import { asText } from './as-text.ts';
import { walkCard } from './walk-card.ts';

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

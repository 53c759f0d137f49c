// The package's main entry has types that pull in TypeScript sources, which do not compile here.
import { Template } from 'adaptivecards-templating/lib/template-engine.js';
import type { Card, Json } from './card.ts';
import { CardDefect } from './card-defect.ts';
import { checkCardData, type CardData } from './check-card-data.ts';

/** Teams refuses messages of about 100 KB, counted in UTF-16. */
const mostBytes = 80 * 1024;

/**
 * Prepares one template of `cards/` and returns the function that binds it. A template is loaded once, bound to data
 * once, and what comes out is never a template again: expanding twice would evaluate what somebody's name brought in.
 * @throws CardDefect when the data does not fit the template; no value is ever in its message.
 */
export function createCard(name: string, payload: Json): (data: CardData) => Card {
  const template = new Template(payload);
  return (data) => {
    checkCardData(name, payload, data);
    const card = readCard(name, template.expand({ $root: data }));
    if (JSON.stringify(card).length * 2 > mostBytes) throw new CardDefect('too-large', name, 'body');
    return card;
  };
}

function readCard(name: string, expanded: unknown): Card {
  if (!isCard(expanded)) throw new CardDefect('not-a-card', name, 'type, version or body');
  return expanded;
}

function isCard(value: unknown): value is Card {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    value.type === 'AdaptiveCard' &&
    'version' in value &&
    value.version === '1.5' &&
    'body' in value &&
    Array.isArray(value.body)
  );
}

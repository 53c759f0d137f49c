import { Template } from 'adaptivecards-templating/lib/template-engine.js';

// The package's main entry has types that pull in TypeScript sources, which do not compile here.

/** Teams refuses messages of about 100 KB, counted in UTF-16. */
const mostBytes = 80 * 1024;

/**
 * Prepares one template of `cards/` and returns the function that binds it. A template is loaded once, bound to data
 * once, and what comes out is never a template again: expanding twice would evaluate what somebody's name brought in.
 * @throws CardDefect when the data does not fit the template; no value is ever in its message.
 */
export function compileCardTemplate(name: string, payload: Json): (data: CardData) => Card {
  const template = new Template(payload);
  return (data) => {
    validateCardData(name, payload, data);
    const card = readCard(name, template.expand({ $root: data }));
    if (JSON.stringify(card).length * 2 > mostBytes) throw new CardTemplateError('too-large', name, 'body');
    return card;
  };
}

function readCard(name: string, expanded: unknown): Card {
  if (!isCard(expanded)) throw new CardTemplateError('not-a-card', name, 'type, version or body');
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

/** What a card is bound to: strings; lists of strings by name; and booleans, which only say what is there at all. */
type CardData = Readonly<Record<string, string | boolean | readonly Readonly<Record<string, string>>[]>>;

const placeholder = /\$\{([^}]*)\}/g;
const placeholderName = /^[a-zA-Z]\w*$/;

/**
 * Holds the names that a template uses against the data it is about to be bound to. A missing value would stay in the
 * text as `${name}`, and one of another type would become part of the card; both are a `CardDefect` here. Templates of
 * ours use plain names only: no functions, no paths.
 */
function validateCardData(template: string, node: Json, data: CardData): void {
  if (typeof node === 'string') {
    for (const name of namesIn(template, node)) {
      if (typeof valueOf(template, data, name) !== 'string') throw new CardTemplateError('wrong-type', template, name);
    }
    return;
  }
  if (isList(node)) {
    for (const item of node) validateCardData(template, item, data);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const { $when: condition, $data: source, ...rest } = node;
  for (const inner of source === undefined ? [data] : listOf(template, source, data)) {
    if (condition !== undefined) checkCondition(template, condition, inner);
    for (const part of Object.values(rest)) validateCardData(template, part, inner);
  }
}

function namesIn(template: string, text: string): string[] {
  return [...text.matchAll(placeholder)].map(([whole, name = '']) => {
    if (!placeholderName.test(name)) throw new CardTemplateError('not-a-name', template, whole);
    return name;
  });
}

function valueOf(template: string, data: CardData, name: string): CardData[string] {
  const value = Object.hasOwn(data, name) ? data[name] : undefined;
  if (value === undefined) throw new CardTemplateError('missing-name', template, name);
  return value;
}

function listOf(template: string, source: Json, data: CardData): readonly CardData[] {
  const name = onlyName(template, source, '$data');
  const value = valueOf(template, data, name);
  if (!Array.isArray(value)) throw new CardTemplateError('wrong-type', template, name);
  return value;
}

function checkCondition(template: string, condition: Json, data: CardData): void {
  const name = onlyName(template, condition, '$when');
  if (typeof valueOf(template, data, name) !== 'boolean') throw new CardTemplateError('wrong-type', template, name);
}

function onlyName(template: string, node: Json, where: string): string {
  const [name, ...others] = typeof node === 'string' ? namesIn(template, node) : [];
  if (name === undefined || others.length > 0 || node !== `\${${name}}`) {
    throw new CardTemplateError('not-a-name', template, where);
  }
  return name;
}

function isList(node: Json): node is readonly Json[] {
  return Array.isArray(node);
}

/** What JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** A rendered Adaptive Card, ready to be attached to a message. */
export type Card = {
  readonly type: 'AdaptiveCard';
  readonly version: '1.5';
  readonly body: readonly Json[];
  readonly actions?: readonly Json[];
  readonly [name: string]: Json | undefined;
};

/** A card that our own code asked for wrongly. Its message names the template and the name in it, never a value. */
class CardTemplateError extends Error {
  override readonly name = 'CardDefect';
  readonly code: 'missing-name' | 'wrong-type' | 'not-a-name' | 'not-a-card' | 'too-large';

  constructor(code: CardTemplateError['code'], template: string, where: string) {
    super(`Card ${template}: ${code} (${where})`);
    this.code = code;
  }
}

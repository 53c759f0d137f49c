import { createRequire } from 'node:module';
// The package's main entry has types that pull in TypeScript sources, which do not compile here.
import type * as TemplateEngine from 'adaptivecards-templating/lib/template-engine.js';

const loadModule = createRequire(import.meta.url);

/** Teams refuses messages above about 100 KB, counted in UTF-16. */
const mostBytes = 80 * 1024;

/**
 * Prepares a template of `cards/` and returns the function that binds data to it. The result is never expanded again,
 * because that would evaluate expressions in names. See https://learn.microsoft.com/adaptive-cards/templating/sdk.
 *
 * The returned function throws a `CardTemplateError` if the data does not fit the template. Its message holds no value.
 */
export function compileCardTemplate(name: string, payload: Json): (data: CardData) => Card {
  let template: TemplateEngine.Template | undefined;
  return (data) => {
    validateCardData(name, payload, data);
    template ??= createTemplate(payload);
    const card = readCard(name, template.expand({ $root: data }));
    if (JSON.stringify(card).length * 2 > mostBytes) throw new CardTemplateError('too-large', name, 'body');
    return card;
  };
}

/** The engine and what it computes expressions with take some 35 MB. So they are loaded with the first card, and not to be ready. */
function createTemplate(payload: Json): TemplateEngine.Template {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the types of the module that is named
  const engine = loadModule('adaptivecards-templating/lib/template-engine.js') as typeof TemplateEngine;
  return new engine.Template(payload);
}

function readCard(name: string, expanded: unknown): Card {
  if (!isCard(expanded)) throw new CardTemplateError('not-a-card', name, 'type, version, fallbackText or body');
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
    'fallbackText' in value &&
    typeof value.fallbackText === 'string' &&
    value.fallbackText !== '' &&
    'body' in value &&
    Array.isArray(value.body)
  );
}

/** The data of a card: strings, booleans for conditions, and lists of records of both. */
type CardData = Readonly<Record<string, string | boolean | readonly Readonly<Record<string, string | boolean>>[]>>;

const placeholder = /\$\{([^}]*)\}/g;
const placeholderName = /^[a-zA-Z]\w*$/;

/**
 * Checks that the data has every name of the template, with the right type. A missing value would stay in the text as
 * `${name}`, and a value of another type would become part of the card. Templates use plain names only: no functions, no
 * paths.
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
  /** Says what the card is, in one line and without a secret. It is also the summary of the message that holds it. */
  readonly fallbackText: string;
  readonly body: readonly Json[];
  readonly actions?: readonly Json[];
  readonly [name: string]: Json | undefined;
};

/** Data that does not fit its template: a mistake in our code. The message names the template and the name, never a value. */
class CardTemplateError extends Error {
  override readonly name = 'CardDefect';
  readonly code: 'missing-name' | 'wrong-type' | 'not-a-name' | 'not-a-card' | 'too-large';

  constructor(code: CardTemplateError['code'], template: string, where: string) {
    super(`Card ${template}: ${code} (${where})`);
    this.code = code;
  }
}

import { teamsTunables } from '../../base/index.ts';

/**
 * Prepares a template of `cards/` and returns the function that binds data to it: `${name}` in texts, `$data` and `$when` on
 * the items of lists. That is the part of Microsoft's templating that the templates use. The result is never expanded
 * again, and no data is evaluated. See https://learn.microsoft.com/adaptive-cards/templating/language.
 *
 * The returned function throws a `CardTemplateError` if the data does not fit the template. Its message holds no value.
 */
export function compileCardTemplate(name: string, payload: Json): (data: CardData) => Card {
  let bind: Bind | undefined;
  return (data) => {
    bind ??= compileNode(name, payload);
    const card = readCard(name, bind(data));
    if (JSON.stringify(card).length * 2 > teamsTunables.maxCardBytes)
      throw new CardTemplateError('too-large', name, 'body');
    return card;
  };
}

function readCard(name: string, bound: Json): Card {
  if (!isCard(bound)) throw new CardTemplateError('not-a-card', name, 'type, version, fallbackText or body');
  return bound;
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

/** What a part of a template becomes with that data. */
type Bind = (data: CardData) => Json;

/** Adds what an item of a list becomes: nothing, itself, or one for each record. */
type BindItem = (data: CardData, into: Json[]) => void;

/**
 * The data needs every name of the template, with the right type, even where a condition does not hold. Templates use plain
 * names only: no functions, no paths.
 */
function compileNode(template: string, node: Json): Bind {
  if (typeof node === 'string') return compileText(template, node);
  if (isList(node)) {
    const items = node.map((item) => compileItem(template, item));
    return (data) => {
      const bound: Json[] = [];
      for (const bindItem of items) bindItem(data, bound);
      return bound;
    };
  }
  if (typeof node !== 'object' || node === null) return () => node;
  const parts = Object.entries(node).map(([key, part]) => [key, compileNode(template, part)] as const);
  const misplaced = parts.find(([key]) => key === '$when' || key === '$data');
  if (misplaced !== undefined) throw new CardTemplateError('not-an-item', template, misplaced[0]);
  return (data) => {
    const bound: Record<string, Json> = {};
    for (const [key, bindPart] of parts) bound[key] = bindPart(data);
    return bound;
  };
}

function compileItem(template: string, item: Json): BindItem {
  if (typeof item !== 'object' || item === null || isList(item)) {
    const bind = compileNode(template, item);
    return (data, into) => void into.push(bind(data));
  }
  const { $when: condition, $data: source, ...rest } = item;
  const bind = compileNode(template, rest);
  const records = source === undefined ? undefined : onlyName(template, source, '$data');
  const holds = condition === undefined ? undefined : onlyName(template, condition, '$when');
  return (data, into) => {
    for (const inner of records === undefined ? [data] : listOf(template, records, data)) {
      const isShown = holds === undefined || isTrue(template, holds, inner);
      const bound = bind(inner);
      if (isShown) into.push(bound);
    }
  };
}

function compileText(template: string, text: string): Bind {
  const names = namesIn(template, text);
  const [before = '', ...after] = text.split(placeholder).filter((_, at) => at % 2 === 0);
  return (data) => {
    let bound = before;
    for (const [at, name] of names.entries()) bound += textOf(template, name, data) + (after[at] ?? '');
    return bound;
  };
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

function textOf(template: string, name: string, data: CardData): string {
  const value = valueOf(template, data, name);
  if (typeof value !== 'string') throw new CardTemplateError('wrong-type', template, name);
  return value;
}

function listOf(template: string, name: string, data: CardData): readonly CardData[] {
  const value = valueOf(template, data, name);
  if (!Array.isArray(value)) throw new CardTemplateError('wrong-type', template, name);
  return value;
}

function isTrue(template: string, name: string, data: CardData): boolean {
  const value = valueOf(template, data, name);
  if (typeof value !== 'boolean') throw new CardTemplateError('wrong-type', template, name);
  return value;
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
  override readonly name = 'CardTemplateError';
  readonly code: 'missing-name' | 'wrong-type' | 'not-a-name' | 'not-an-item' | 'not-a-card' | 'too-large';

  constructor(code: CardTemplateError['code'], template: string, where: string) {
    super(`Card ${template}: ${code} (${where})`);
    this.code = code;
  }
}

import type { Json } from './card.ts';
import { CardDefect } from './card-defect.ts';

/** What a card is bound to: strings; lists of strings by name; and booleans, which only say what is there at all. */
export type CardData = Readonly<Record<string, string | boolean | readonly Readonly<Record<string, string>>[]>>;

const placeholder = /\$\{([^}]*)\}/g;
const plainName = /^[a-zA-Z]\w*$/;

/**
 * Holds the names that a template uses against the data it is about to be bound to. A missing value would stay in the
 * text as `${name}`, and one of another type would become part of the card; both are a `CardDefect` here. Templates of
 * ours use plain names only: no functions, no paths.
 */
export function checkCardData(template: string, node: Json, data: CardData): void {
  if (typeof node === 'string') {
    for (const name of namesIn(template, node)) {
      if (typeof valueOf(template, data, name) !== 'string') throw new CardDefect('wrong-type', template, name);
    }
    return;
  }
  if (isList(node)) {
    for (const item of node) checkCardData(template, item, data);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const { $when: condition, $data: source, ...rest } = node;
  for (const inner of source === undefined ? [data] : listOf(template, source, data)) {
    if (condition !== undefined) checkCondition(template, condition, inner);
    for (const part of Object.values(rest)) checkCardData(template, part, inner);
  }
}

function namesIn(template: string, text: string): string[] {
  return [...text.matchAll(placeholder)].map(([whole, name = '']) => {
    if (!plainName.test(name)) throw new CardDefect('not-a-name', template, whole);
    return name;
  });
}

function valueOf(template: string, data: CardData, name: string): CardData[string] {
  const value = Object.hasOwn(data, name) ? data[name] : undefined;
  if (value === undefined) throw new CardDefect('missing-name', template, name);
  return value;
}

function listOf(template: string, source: Json, data: CardData): readonly CardData[] {
  const name = onlyName(template, source, '$data');
  const value = valueOf(template, data, name);
  if (!Array.isArray(value)) throw new CardDefect('wrong-type', template, name);
  return value;
}

function checkCondition(template: string, condition: Json, data: CardData): void {
  const name = onlyName(template, condition, '$when');
  if (typeof valueOf(template, data, name) !== 'boolean') throw new CardDefect('wrong-type', template, name);
}

function onlyName(template: string, node: Json, where: string): string {
  const [name, ...others] = typeof node === 'string' ? namesIn(template, node) : [];
  if (name === undefined || others.length > 0 || node !== `\${${name}}`) {
    throw new CardDefect('not-a-name', template, where);
  }
  return name;
}

function isList(node: Json): node is readonly Json[] {
  return Array.isArray(node);
}

import { createRequire } from 'node:module';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { compileCardTemplate, type Json } from '../../../src/teams/cards/card-template.ts';
import { asText, walkCard } from '../../support/card-inspection.ts';

const frame = { type: 'AdaptiveCard', version: '1.5', fallbackText: 'A card' };
const withText = (text: string) => ({ ...frame, body: [{ type: 'TextBlock', text }] });

// The package's main entry has types that pull in TypeScript sources, which do not compile here.
const { Template }: typeof import('adaptivecards-templating/lib/template-engine.js') = createRequire(import.meta.url)(
  'adaptivecards-templating/lib/template-engine.js',
);

describe('binding data to a template', () => {
  it('does not evaluate what the data brings', () => {
    const bind = compileCardTemplate('sample', withText('Hello ${name}'));
    expect(bind({ name: '${secret} ${json(1)}', secret: 'CANARY' }).body).toEqual([
      { type: 'TextBlock', text: 'Hello ${secret} ${json(1)}' },
    ]);
  });

  it('names the template and the name that is missing, never a value', () => {
    const bind = compileCardTemplate('sample', withText('${name} ${other}'));
    expect(() => bind({ name: 'CANARY' })).toThrow('Card sample: missing-name (other)');
  });

  it('misses a name even where the prototype has one', () => {
    expect(() => compileCardTemplate('sample', withText('${constructor}'))({})).toThrow('missing-name (constructor)');
  });

  it('misses a name in one record of a list', () => {
    const bind = compileCardTemplate('sample', { ...frame, body: [{ $data: '${rows}', text: '${label}' }] });
    expect(() => bind({ rows: [{ label: 'a' }, {}] })).toThrow('missing-name (label)');
    expect(bind({ rows: [] }).body).toEqual([]);
    expect(bind({ rows: [{ label: 'a' }] }).body).toEqual([{ text: 'a' }]);
  });

  it.each([
    ['a boolean as text', { name: true }],
    ['a list as text', { name: [] }],
  ])('refuses %s', (_what, data) => {
    expect(() => compileCardTemplate('sample', withText('${name}'))(data)).toThrow('wrong-type (name)');
  });

  it.each([[5], [null], [{ type: 'Action.OpenUrl' }]])(
    'refuses %j, which only a mistake at the edge could bring',
    (name) => {
      const bind = compileCardTemplate('sample', withText('${name}'));
      expect(() => Reflect.apply(bind, undefined, [{ name }])).toThrow(/wrong-type|missing-name/);
    },
  );

  it('refuses a condition that is no boolean', () => {
    const bind = compileCardTemplate('sample', { ...frame, body: [{ $when: '${there}', text: 'a' }] });
    expect(() => bind({ there: 'false' })).toThrow('wrong-type (there)');
    expect(bind({ there: false }).body).toEqual([]);
  });

  it.each(['${json(name)}', '${$root.name}', '${a.b}', '${a + b}'])('refuses a template that computes: %s', (text) => {
    expect(() => compileCardTemplate('sample', withText(text))({ name: 'a' })).toThrow('not-a-name');
  });

  it.each([['$when'], ['$data']])('refuses a template with %s on what is no item of a list', (key) => {
    const misplaced = { ...frame, body: [{ style: { [key]: '${there}', text: 'a' } }] };
    expect(() => compileCardTemplate('sample', misplaced)({ there: true })).toThrow(`not-an-item (${key})`);
  });

  it('misses a name even where a condition does not hold', () => {
    const bind = compileCardTemplate('sample', { ...frame, body: [{ $when: '${there}', text: '${name}' }] });
    expect(() => bind({ there: false })).toThrow('missing-name (name)');
  });

  it('refuses what does not come out as a card', () => {
    expect(() => compileCardTemplate('sample', { type: 'AdaptiveCard' })({})).toThrow('not-a-card');
  });

  it('refuses a card that does not say in a line what it is', () => {
    const silent = { ...withText('Hello'), fallbackText: '${summary}' };
    expect(() => compileCardTemplate('sample', silent)({ summary: '' })).toThrow('not-a-card');
  });

  it('refuses a card that is too large for Teams', () => {
    expect(() => compileCardTemplate('sample', withText('${name}'))({ name: 'x'.repeat(50_000) })).toThrow('too-large');
  });
});

const folder = new URL('../../../cards/', import.meta.url);
const templates = readdirSync(folder).map((file): { file: string; template: Json } => ({
  file,
  template: JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
}));

/** Whatever data a template can be bound to. Its texts look like what the engine computes, too. */
function dataOf(template: Json): fc.Arbitrary<Record<string, string | boolean | Record<string, string | boolean>[]>> {
  const outer: Record<string, fc.Arbitrary<string | boolean | Record<string, string | boolean>[]>> = {};
  const text = fc.oneof(
    fc.string({ minLength: 1 }),
    fc.constantFrom('${name}', '`', '\\', '${json(1)}', 'true', '5', '’'),
  );
  const collect = (node: Json, into: Record<string, fc.Arbitrary<unknown>>): void => {
    if (typeof node === 'string') {
      for (const [, name = ''] of node.matchAll(/\$\{(\w+)\}/g)) into[name] ??= text;
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    const { $data: source, $when: condition, ...rest }: { readonly [name: string]: Json } = Object(node);
    const inner: Record<string, fc.Arbitrary<string | boolean>> = {};
    const scope = typeof source === 'string' ? inner : into;
    if (typeof condition === 'string') scope[condition.slice(2, -1)] = fc.boolean();
    for (const part of Object.values(rest)) collect(part, scope);
    if (typeof source === 'string') outer[source.slice(2, -1)] = fc.array(fc.record(inner), { maxLength: 4 });
  };
  collect(template, outer);
  return fc.record(outer);
}

/**
 * Bound into a `TextBlock`, which renders Markdown: sentences of our own and times, nothing from outside. A summary holds a name
 * without signs of Markdown.
 */
const ourOwn = new Set(
  [
    'heading',
    'careful',
    'working',
    'workingNext',
    'openUntilLabel',
    'openUntil',
    'aloud',
    'untilLabel',
    'summary',
    'untilMacro',
    'until',
    // Our words, with an instant and a code of the Graph room.
    'signedOut',
    'passLabel',
    'passNote',
  ].concat([
    // Made fit for Markdown by `formatSummary`.
    'summary',
  ]),
);

describe.each(templates)('the template $file', ({ file, template }) => {
  it('is bound as Microsoft’s engine binds it, whatever the data', () => {
    const bind = compileCardTemplate(file, template);
    const engine = new Template(template);
    fc.assert(
      fc.property(dataOf(template), (data) => {
        expect(bind(data)).toEqual(engine.expand({ $root: data }));
      }),
    );
  });

  it('shows names from outside in TextRuns only, because those render no Markdown', () => {
    const blocks = walkCard(template).filter(({ type }) => type === 'TextBlock' || type === 'AdaptiveCard');
    const bound = blocks.flatMap(({ text, fallbackText }) =>
      [...`${asText(text)} ${asText(fallbackText)}`.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name),
    );
    expect(bound.filter((name) => !ourOwn.has(name))).toEqual([]);
    expect(walkCard(template).filter(({ type }) => type === 'FactSet')).toEqual([]);
  });

  it('drops its buttons on clients that do not know them', () => {
    const actions = walkCard(template).filter(({ type }) => asText(type).startsWith('Action.'));
    expect(actions.map(({ type }) => type)).toEqual(actions.map(() => 'Action.Execute'));
    expect(actions.map(({ fallback }) => fallback)).toEqual(actions.map(() => 'drop'));
  });
});

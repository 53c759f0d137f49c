import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../../src/teams/cards/card.ts';
import { asText } from './as-text.ts';
import { walkCard } from './walk-card.ts';

const folder = new URL('../../../cards/', import.meta.url);
const templates = readdirSync(folder).map((file): { file: string; template: Json } => ({
  file,
  template: JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
}));

/** Bound into a `TextBlock`, which renders Markdown: sentences of our own and times, nothing from outside. */
const ourOwn = new Set(
  ['heading', 'careful', 'working', 'workingNext', 'openUntilLabel', 'openUntilMacro', 'openUntil', 'aloud'].concat([
    'untilLabel',
    'untilMacro',
    'until',
  ]),
);

describe.each(templates)('the template $file', ({ template }) => {
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

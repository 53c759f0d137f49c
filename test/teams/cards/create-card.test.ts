import { describe, expect, it } from '@jest/globals';
import { createCard } from '../../../src/teams/cards/create-card.ts';

const frame = { type: 'AdaptiveCard', version: '1.5' };
const withText = (text: string) => ({ ...frame, body: [{ type: 'TextBlock', text }] });

describe('binding data to a template', () => {
  it('does not evaluate what the data brings', () => {
    const bind = createCard('sample', withText('Hello ${name}'));
    expect(bind({ name: '${secret} ${json(1)}', secret: 'CANARY' }).body).toEqual([
      { type: 'TextBlock', text: 'Hello ${secret} ${json(1)}' },
    ]);
  });

  it('names the template and the name that is missing, never a value', () => {
    const bind = createCard('sample', withText('${name} ${other}'));
    expect(() => bind({ name: 'CANARY' })).toThrow('Card sample: missing-name (other)');
  });

  it('misses a name even where the prototype has one', () => {
    expect(() => createCard('sample', withText('${constructor}'))({})).toThrow('missing-name (constructor)');
  });

  it('misses a name in one record of a list', () => {
    const bind = createCard('sample', { ...frame, body: [{ $data: '${rows}', text: '${label}' }] });
    expect(() => bind({ rows: [{ label: 'a' }, {}] })).toThrow('missing-name (label)');
    expect(bind({ rows: [] }).body).toEqual([]);
    expect(bind({ rows: [{ label: 'a' }] }).body).toEqual([{ text: 'a' }]);
  });

  it.each([
    ['a boolean as text', { name: true }],
    ['a list as text', { name: [] }],
  ])('refuses %s', (_what, data) => {
    expect(() => createCard('sample', withText('${name}'))(data)).toThrow('wrong-type (name)');
  });

  it.each([[5], [null], [{ type: 'Action.OpenUrl' }]])(
    'refuses %j, which only a mistake at the edge could bring',
    (name) => {
      const bind = createCard('sample', withText('${name}'));
      expect(() => Reflect.apply(bind, undefined, [{ name }])).toThrow(/wrong-type|missing-name/);
    },
  );

  it('refuses a condition that is no boolean', () => {
    const bind = createCard('sample', { ...frame, body: [{ $when: '${there}', text: 'a' }] });
    expect(() => bind({ there: 'false' })).toThrow('wrong-type (there)');
    expect(bind({ there: false }).body).toEqual([]);
  });

  it.each(['${json(name)}', '${$root.name}', '${a.b}', '${a + b}'])('refuses a template that computes: %s', (text) => {
    expect(() => createCard('sample', withText(text))({ name: 'a' })).toThrow('not-a-name');
  });

  it('refuses what does not come out as a card', () => {
    expect(() => createCard('sample', { type: 'AdaptiveCard' })({})).toThrow('not-a-card');
  });

  it('refuses a card that is too large for Teams', () => {
    expect(() => createCard('sample', withText('${name}'))({ name: 'x'.repeat(50_000) })).toThrow('too-large');
  });
});

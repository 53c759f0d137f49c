import { describe, expect, it } from '@jest/globals';
import { renderEveryCard } from '../../../src/commands/cards/card-gallery.ts';
import { cardProblems, describeCard, textOf, walkCard } from '../../support/card-inspection.ts';

const promisedTitles = new Set([
  'Reset password',
  'Ask for approval',
  'Cancel',
  'Show password',
  'I have passed it on',
  'Sign out everywhere',
  'Temporary access pass',
  'Choose',
  'Approve',
  'Decline',
  'My open resets',
  'History',
  'Help',
  'Back',
  'Next',
  'Hide password',
  'Freeze',
  'Freeze everything',
]);
const promisedIds = new Set([
  'which-customer',
  'which-user',
  'confirmation',
  'approval',
  'direct-message',
  'freeze',
  'home',
  'status',
  'history',
  'outcome-reset',
  'outcome-refused',
  'outcome-cancelled',
  'outcome-declined',
  'outcome-expired',
  'outcome-attention',
]);

/** A request, a question, whose card it is, what it warns of, which page, of which name, and until when. */
const opaque = /^(?:(?:request|question) [\w-]+|for sample|shown |doubted \d+|(?:from|until) \d+|of (?:Contoso)?)$/;

describe.each(renderEveryCard())('the card $name', ({ card }) => {
  it('is an Adaptive Card 1.5 to the parser of Microsoft’s renderer, without a complaint', () => {
    expect(cardProblems(card)).toEqual([]);
  });

  it('names itself in the first element of its body', () => {
    expect(promisedIds).toContain(describeCard(card).id);
  });

  it('has promised buttons only, which carry ids, numbers and an opaque mark, and a name that was typed', () => {
    const actions = walkCard(card).filter(({ type }) => type === 'Action.Execute');
    for (const { title } of actions) expect(promisedTitles).toContain(title);
    for (const { data } of actions) {
      for (const [name, value] of Object.entries(Object(data))) expect(`${name} ${String(value)}`).toMatch(opaque);
    }
  });

  it('leaves nothing unbound and nothing empty', () => {
    expect(describeCard(card).texts.filter((text) => text === '' || /undefined|null|\[object/.test(text))).toEqual([]);
    expect(JSON.stringify(card).replaceAll('${password}', '')).not.toContain('${');
  });

  it('has each id once, and no links', () => {
    const ids = walkCard(card).flatMap(({ id }) => (id === undefined ? [] : [id]));
    expect(ids).toEqual([...new Set(ids)]);
    expect(JSON.stringify(walkCard(card).map(({ type }) => type))).not.toMatch(/OpenUrl|Image|Media|ShowCard/);
  });

  it('stays far below what Teams takes', () => {
    expect(JSON.stringify(card).length * 2).toBeLessThan(80 * 1024);
  });
});

it('says in a few words what it is about, and no more of it', () => {
  for (const { name, card } of renderEveryCard()) {
    const password = describeCard(card).part('password');
    expect([name, card.fallbackText]).toEqual([name, expect.stringMatching(/^[A-Z].{5,150}$/u)]);
    if (password !== undefined) expect(card.fallbackText).not.toContain(textOf(password));
  }
});

it('finds fault with a card that has an unknown element, a wrong value or an unknown property', () => {
  const wrong = [{ type: 'TextBlok' }, { type: 'TextBlock', text: 'a', size: 'Huge' }, { type: 'Container', itms: [] }];
  for (const part of wrong) {
    expect(cardProblems({ type: 'AdaptiveCard', version: '1.5', fallbackText: 'A card', body: [part] })).not.toEqual(
      [],
    );
  }
});

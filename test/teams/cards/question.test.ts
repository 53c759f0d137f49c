import { describe, expect, it } from '@jest/globals';
import type { Asks, Choice } from '../../../src/reset/questions/question.ts';
import { renderQuestion } from '../../../src/teams/cards/question.ts';
import { buildOpenQuestion } from '../../support/build-open-question.ts';
import { describeCard } from '../../support/card-inspection.ts';

const question = buildOpenQuestion();
const [first] = question.choices;
const target = first?.kind === 'user' ? first.target : undefined;

function textsOf(asks: Asks, kind: 'user' | 'customer', count: number): string {
  if (target === undefined) throw new Error('the question has no person to choose');
  const choices = Array.from({ length: count }, (_, at): Choice => {
    const key = `choice-${at}`;
    return kind === 'user' ? { kind, key, target } : { kind, key, customer: target.customer };
  });
  const card = renderQuestion({ ...question, asks, choices }, question.askedAt);
  return describeCard(card).texts.join('\n');
}

describe('the card that asks back', () => {
  it('says how many more there are, and what to type', () => {
    expect(textsOf({ kind: 'which-user', typed: 'Ann Lee', more: 1234 }, 'user', 6)).toContain(
      '… and 1,234 more: ask again with the full address of the one you mean.',
    );
    expect(textsOf({ kind: 'which-customer', typed: 'Contoso', more: 1 }, 'customer', 6)).toContain(
      '… and 1 more: ask again with the domain or the tenant id of the one you mean.',
    );
    expect(textsOf({ kind: 'which-user', typed: 'Ann Lee', more: 0 }, 'user', 6)).not.toContain('more:');
  });

  it('numbers the choices, and says that the number may be typed, with the mention where others read along', () => {
    if (target === undefined) throw new Error('the question has no person to choose');
    const choices = ['Ann Lee', 'Bo Lee'].map((displayName, at): Choice => {
      return {
        kind: 'user',
        key: `choice-${String(at)}`,
        target: { ...target, user: { ...target.user, displayName } },
      };
    });
    const cardOf = (kind: 'personal' | 'group-chat') =>
      JSON.stringify(
        renderQuestion({ ...question, choices, askedIn: { ...question.askedIn, kind } }, question.askedAt),
      );
    expect(cardOf('personal')).toMatch(/"title":"1 · Ann Lee.*"title":"2 · Bo Lee/);
    expect(cardOf('personal')).toContain('You may also type the number.');
    expect(cardOf('group-chat')).toContain('You may also type @Locksmith and the number.');
  });

  it('asks whether it read a sentence right where one person fits a part of it', () => {
    expect(textsOf({ kind: 'which-user', typed: 'Ann Lee', more: 0 }, 'user', 1)).toContain('Is it this person?');
    expect(textsOf({ kind: 'which-user', typed: 'Ann Lee', more: 0 }, 'user', 2)).toContain('Several people fit');
  });

  it('does not deny a name that stands in the one it offers', () => {
    const [only] = question.choices;
    const name = only?.kind === 'user' ? only.target.user.displayName : '';
    const typed = name.split(' ')[0] ?? '';
    const texts = textsOf({ kind: 'near-user', typed, more: 0 }, 'user', 1);
    expect(texts).toContain(`“${typed}” could be ${name}. Is it this person?`);
    expect(texts).not.toContain('There is no');
    expect(textsOf({ kind: 'near-user', typed: 'Zzz', more: 0 }, 'user', 1)).toContain('There is no “Zzz”');
    expect(textsOf({ kind: 'near-user', typed, more: 0 }, 'user', 2)).toContain(`“${typed}” could be one of these.`);
    expect(textsOf({ kind: 'near-customer', typed: 'Contoso', more: 0 }, 'customer', 1)).not.toContain('I know no');
  });

  it('spells out by what choices differ that look the same', () => {
    if (target === undefined) throw new Error('the question has no person to choose');
    const choices = ['Adatum', 'Аdatum'].map((name, at): Choice => {
      return { kind: 'customer', key: `choice-${String(at)}`, customer: { ...target.customer, name } };
    });
    const asks: Asks = { kind: 'which-customer', typed: 'Adatum', more: 0 };
    const card = JSON.stringify(renderQuestion({ ...question, asks, choices }, question.askedAt));
    expect(card).toContain('“A” is a capital A');
    expect(card).toContain('“А” is a letter of the Cyrillic alphabet (U+0410)');
  });

  it('says that a domain is not known', () => {
    const texts = textsOf({ kind: 'near-domain', typed: 'contosso.example', more: 0 }, 'customer', 1);
    expect(texts).toContain('I do not know whose domain “contosso.example” is. Did you mean this one?');
  });
});

import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/base/secret.ts';
import type { ResetRequest } from '../../../src/reset/request.ts';
import { renderDirectMessage } from '../../../src/teams/cards/direct-message.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { describeCard, textOf } from '../../support/card-inspection.ts';

const password = new Secret('CANARY-*marble*_-[x](y)-47');
const sealedPassword = { keyId: 'k', nonce: 'n', ciphertext: 'c' };
const request = buildResetRequest();
const delivered: ResetRequest = {
  ...request,
  state: 'delivered',
  sealedPassword,
  hideAt: Date.UTC(2026, 6, 1, 8, 20),
};
const options = {
  delivery: 'message',
  showPasswordForMinutes: 15,
  spellAloud: (text: string) => ({
    how: 'Say it so.',
    lines: [
      { label: 'All:', said: `${text.length} of them` },
      { label: 'Then:', said: 'nothing' },
    ],
  }),
} as const;
const reveal = { ...options, delivery: 'reveal' } as const;

describe('the direct message with the password', () => {
  const card = renderDirectMessage(delivered, password, options);
  const seen = describeCard(card);

  it('holds exactly the password in the element of that name, monospaced, once', () => {
    expect(seen.part('password')).toMatchObject({ type: 'RichTextBlock', inlines: [{ fontType: 'Monospace' }] });
    expect(textOf(seen.part('password'))).toBe('CANARY-*marble*_-[x](y)-47');
    expect(JSON.stringify(card).split('CANARY')).toHaveLength(2);
  });

  it('says whose it is, how to say it, that they choose a new one, until when it is shown and where it was asked', () => {
    expect(seen.id).toBe('direct-message');
    expect(seen.texts).toEqual(
      expect.arrayContaining([
        'Ann Lee',
        'ann.lee@contosobikes.example',
        'Say it so.',
        'All:',
        ' 26 of them',
        'Then:',
        ' nothing',
        'They choose a new one when they sign in.',
        'Shown until {{TIME(2026-07-01T08:20:00Z)}}',
        'You asked for this here, in your chat with Locksmith.',
      ]),
    );
    expect(seen.buttons).toEqual(['I have passed it on']);
    expect(seen.verbs).toEqual(['passed-on']);
  });

  it('says once more that sign-in is blocked, while the password is or may be shown', () => {
    const { customer, user } = delivered.target;
    const blocked = { ...delivered, target: { customer, user: { ...user, graph: { isBlocked: true } } } } as const;
    const saysSo = (given: typeof options | typeof reveal, shown?: Secret, of: ResetRequest = blocked): boolean =>
      describeCard(renderDirectMessage(of, shown, given)).texts.some((text) => text.includes('still blocked'));
    expect([saysSo(options, password), saysSo(reveal), saysSo(reveal, password)]).toEqual([true, true, true]);
    expect(saysSo(options, password, delivered)).toBe(false);
    expect(saysSo(options, undefined, { ...blocked, state: 'hidden' })).toBe(false);
  });

  it('says that it may be in force if the outcome is unclear', () => {
    const attention = { kind: 'unclear', trouble: undefined } as const;
    const { texts, part } = describeCard(renderDirectMessage({ ...delivered, attention }, password, options));
    expect(texts).toContain('This password may be in force');
    expect(texts).toContain('c0000000-0000-4000-8000-000000000001');
    expect(textOf(part('password'))).toContain('CANARY');
  });
});

describe('the direct message of a password that a newer reset replaced', () => {
  it('says so, with when, and holds no password and no button, however passwords are delivered', () => {
    const replaced = { ...delivered, state: 'hidden', replacedAt: Date.UTC(2026, 6, 1, 8, 5) } as const;
    for (const given of [options, reveal]) {
      const { texts, buttons, part } = describeCard(renderDirectMessage(replaced, undefined, given));
      expect(texts).toContain('Replaced by a newer reset');
      expect(texts.join()).toContain('{{TIME(2026-07-01T08:05:00Z)}}');
      expect(buttons).toEqual([]);
      expect(part('password')).toBeUndefined();
    }
  });
});

describe('the direct message to reveal', () => {
  it('has the button and no password', () => {
    const { buttons, verbs, part } = describeCard(renderDirectMessage(delivered, undefined, reveal));
    expect(buttons).toEqual(['Show password', 'I have passed it on']);
    expect(verbs).toEqual(['reveal', 'passed-on']);
    expect(part('password')).toBeUndefined();
  });

  it('shows the password to the client that pressed it, without that button', () => {
    const { buttons, part } = describeCard(renderDirectMessage(delivered, password, reveal));
    expect(buttons).toEqual(['I have passed it on']);
    expect(textOf(part('password'))).toContain('CANARY');
  });

  it('has no button any more once the sealed password is erased', () => {
    const erased = { ...delivered, sealedPassword: undefined };
    const { buttons, texts } = describeCard(renderDirectMessage(erased, undefined, reveal));
    expect(buttons).toEqual([]);
    expect(texts).toContain('Password hidden');
  });
});

describe('the direct message without a password', () => {
  const refusal = { kind: 'target-changed' } as const;
  const attention = { kind: 'seal-broken', trouble: undefined } as const;
  it.each<[string, ResetRequest, string]>([
    ['a placeholder', { ...request, state: 'approved' }, 'A reset is on its way'],
    ['a placeholder while it is delivered', { ...request, state: 'delivering' }, 'A reset is on its way'],
    ['hidden', { ...delivered, state: 'hidden' }, 'Password hidden'],
    ['hidden where delivered without one', delivered, 'Password hidden'],
    ['given up', { ...request, state: 'hidden', deliverBy: 1 }, 'The password could not be delivered'],
    [
      'still to be hidden and given up',
      { ...request, state: 'delivered', deliverBy: 1 },
      'The password could not be delivered',
    ],
    ['retired', { ...request, state: 'expired' }, 'Nothing will appear here'],
    ['refused', { ...request, state: 'refused', refusal }, 'Not reset: nothing was changed'],
    ['broken', { ...request, state: 'needs-attention', attention }, 'There is no password to show'],
  ])('is %s', (_what, at, heading) => {
    const { id, texts, buttons, part } = describeCard(renderDirectMessage(at, undefined, options));
    expect(id).toBe('direct-message');
    expect(texts[0]).toBe(heading);
    expect(buttons).toEqual([]);
    expect(part('password')).toBeUndefined();
  });

  it.each([
    ['group-chat', 'You asked for this in a group chat.'],
    ['channel', 'You asked for this in a channel.'],
  ] as const)('says that it was asked in a %s', (kind, sentence) => {
    const at = { ...request, askedIn: { ...request.askedIn, kind } };
    expect(describeCard(renderDirectMessage(at, undefined, options)).texts).toContain(sentence);
  });
});

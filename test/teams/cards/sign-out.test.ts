import { describe, expect, it } from '@jest/globals';
import { sandboxPolicy } from '../../../src/app/watch-policy-file.ts';
import { Secret } from '../../../src/base/secret.ts';
import { makeReference } from '../../../src/reset/reference.ts';
import type { ResetRequest, SigningOutState } from '../../../src/reset/request.ts';
import { createCardRenderer } from '../../../src/teams/cards/card-renderer.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';

const now = buildResetRequest().proposedAt + 60_000;
const delivered = buildResetRequest({
  state: 'delivered',
  confirmedAt: now - 1000,
  deliveredAt: now,
  resetAt: now,
  hideAt: now + 15 * 60_000,
  sealedPassword: { keyId: '', nonce: '', ciphertext: '' },
});

function show(request: ResetRequest, given: { signOut?: 'allow' | 'off'; isAvailable?: boolean; at?: number } = {}) {
  const { signOut = 'allow', isAvailable = true, at = now } = given;
  const render = createCardRenderer({
    policy: () => ({ ...sandboxPolicy, followUps: { signOut, accessPass: 'off' } }),
    delivery: 'message',
    now: () => at,
    privateFacts: { of: () => undefined },
    followUps: { isAvailable: () => isAvailable },
  });
  return JSON.stringify(render.directMessage(request, new Secret('Word-Word-42')));
}

describe('the button to sign out everywhere', () => {
  it('stands on the direct message while the password is shown', () => {
    expect(show(delivered)).toContain('"title":"Sign out everywhere"');
  });

  it.each([
    ['where the policy does not allow it', delivered, { signOut: 'off' }],
    ['where the customer has not consented', delivered, { isAvailable: false }],
    ['half an hour later', delivered, { at: now + 30 * 60_000 }],
    ['once it is done', { ...delivered, signOut: { at: now, begunAt: now, outcome: 'done', code: undefined } }, {}],
    ['before the delivery', { ...delivered, state: 'delivering', deliveredAt: undefined }, {}],
  ] as const)('is not there %s', (_when, request, given) => {
    expect(show(request, given)).not.toContain('Sign out everywhere');
  });

  it.each(['refused', 'not-asked', 'unknown', 'pending'] as const)('is there again once it is %s', (outcome) => {
    const signOut = { at: now, begunAt: now, outcome, code: undefined };
    expect(show({ ...delivered, signOut })).toContain('"title":"Sign out everywhere"');
  });

  it.each(['refused', 'unknown', 'not-asked'] as const)('stands beside the reference where it is %s', (outcome) => {
    const signOut = { at: now, begunAt: now, outcome, code: 'unknown-result' };
    const card = show({ ...delivered, signOut });
    expect(card).toContain(makeReference(delivered.id));
    expect(card).not.toContain('unknown-result');
  });

  it.each<[SigningOutState['outcome'], string]>([
    ['done', 'Apps that are open now can work on for up to an hour'],
    ['refused', 'Microsoft Graph does not permit that'],
    ['unknown', 'It is not certain'],
    ['pending', 'is under way'],
    ['not-asked', 'not admitted to Microsoft Graph'],
  ])('is answered with what came of it: %s', (outcome, words) => {
    expect(show({ ...delivered, signOut: { at: now, begunAt: now, outcome, code: 'forbidden' } })).toContain(words);
  });
});

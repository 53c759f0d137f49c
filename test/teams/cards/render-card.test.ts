import { describe, expect, it } from '@jest/globals';
import { followingStates, type ResetState } from '../../../src/reset/states.ts';
import { renderCard } from '../../../src/teams/cards/render-card.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { describeCard } from './describe-card.ts';

const wanted = { methods: ['In person'], verificationRequired: true, ticket: 'off', secondPerson: false } as const;
const request = buildResetRequest();
const { proposedAt, confirmBy } = request;

/** Every state, and the card that shows it. */
const ids: readonly (readonly [ResetState, string])[] = [
  ['proposed', 'confirmation'],
  ['awaiting-approval', 'confirmation'],
  ['approved', 'confirmation'],
  ['message-open', 'confirmation'],
  ['sealed', 'confirmation'],
  ['resetting', 'confirmation'],
  ['reset', 'outcome-reset'],
  ['delivering', 'outcome-reset'],
  ['delivered', 'outcome-reset'],
  ['hidden', 'outcome-reset'],
  ['needs-attention', 'outcome-attention'],
  ['cancelled', 'outcome-cancelled'],
  ['declined', 'outcome-declined'],
  ['expired', 'outcome-expired'],
  ['refused', 'outcome-refused'],
];

describe('the card of a request', () => {
  it('is decided for every state', () => {
    expect(ids.map(([state]) => state).sort()).toEqual(Object.keys(followingStates).sort());
  });

  it.each(ids)('that is %s is %s', (state, id) => {
    expect(describeCard(renderCard({ ...request, state }, wanted, proposedAt)).id).toBe(id);
  });

  it('has buttons and inputs only while it is proposed and not yet confirmed', () => {
    for (const [state] of ids) {
      const { buttons, inputs } = describeCard(renderCard({ ...request, state }, wanted, proposedAt));
      expect([buttons.length, inputs.length]).toEqual(state === 'proposed' ? [2, 1] : [0, 0]);
    }
    const confirmed = describeCard(renderCard({ ...request, confirmedAt: proposedAt + 1 }, wanted, proposedAt + 2));
    expect([confirmed.id, confirmed.buttons]).toEqual(['confirmation', []]);
    expect(confirmed.texts).toContain('Working on it…');
  });

  it('is open until the very instant of its deadline', () => {
    expect(describeCard(renderCard(request, wanted, confirmBy - 1)).id).toBe('confirmation');
    expect(describeCard(renderCard(request, wanted, confirmBy)).id).toBe('outcome-expired');
  });

  it('stays marked as unclear after the password was delivered and hidden', () => {
    const attention = { kind: 'unclear', trouble: undefined } as const;
    for (const state of ['delivering', 'delivered', 'hidden'] as const) {
      expect(describeCard(renderCard({ ...request, state, attention }, wanted, proposedAt)).id).toBe(
        'outcome-attention',
      );
    }
  });
});

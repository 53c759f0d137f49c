import { describe, expect, it } from '@jest/globals';
import { makeReference } from '../../../src/reset/reference.ts';
import type { Refusal } from '../../../src/reset/refusal.ts';
import { renderOutcome } from '../../../src/teams/cards/outcome.ts';
import { buildFullResetRequest } from '../../support/build-full-reset-request.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { describeCard } from '../../support/card-inspection.ts';

const request = {
  ...buildResetRequest(),
  proof: { verification: 'In person', ticket: 'INC-1' },
  endedAt: Date.UTC(2026, 6, 1, 9, 30),
};

describe('the outcome', () => {
  it('of a reset says who did it, when, how the caller was verified and the ticket', () => {
    const { texts } = describeCard(
      renderOutcome({ ...request, state: 'delivered', resetAt: Date.UTC(2026, 6, 1, 8, 1) }),
    );
    expect(texts).toEqual(
      expect.arrayContaining([
        'Password reset',
        'Robin Sharp (robin@partner.example)',
        '{{DATE(2026-07-01T08:01:00Z, SHORT)}} {{TIME(2026-07-01T08:01:00Z)}}',
        'In person',
        'INC-1',
        'Contoso Bikes (contosobikes.example)',
      ]),
    );
    expect(texts).not.toContain('Reference');
  });

  it('of a cancelled or declined request names the person who ended it', () => {
    for (const state of ['cancelled', 'declined'] as const) {
      const { texts } = describeCard(renderOutcome({ ...request, state, endedBy: 'Adele Vance' }));
      expect(texts).toEqual(
        expect.arrayContaining(['Adele Vance', '{{DATE(2026-07-01T09:30:00Z, SHORT)}} {{TIME(2026-07-01T09:30:00Z)}}']),
      );
    }
  });

  it.each<[Refusal, RegExp]>([
    [{ kind: 'federated' }, /another service/],
    [{ kind: 'administrator', roles: ['User Administrator'] }, /\(User Administrator\)/],
    [{ kind: 'under-way', by: 'Lee\u202E {{TIME' }, /^Lee \{ \{TIME has asked to reset/],
    [
      { kind: 'frozen', by: 'Lee\u202E {{TIME', at: 0, everything: true },
      /^Lee \{ \{TIME froze all resets on \{\{DATE\(1970-01-01T00:00:00Z, SHORT\)\}\}/,
    ],
    [{ kind: 'frozen', by: 'Lee', at: 0, everything: false }, /^Lee froze all resets for this customer/],
    [{ kind: 'approval-needed' }, /second person/],
    [{ kind: 'approver-without-right', by: 'Lee\u202E {{TIME' }, /^Lee \{ \{TIME approved this/],
    [{ kind: 'no-direct-message', why: 'blocked' }, /blocked/],
    [
      {
        kind: 'partner-center',
        trouble: {
          code: 'x',
          signInCode: undefined,
          httpStatus: 500,
          partnerCode: undefined,
          storedWording: { problem: 'It broke.', advice: 'Wait.' },
        },
      },
      /^It broke\.$/,
    ],
  ])('of a refusal says why, what to do and the reference: %j', (refusal, sentence) => {
    const { id, texts } = describeCard(renderOutcome({ ...request, state: 'refused', refusal }));
    expect(id).toBe('outcome-refused');
    expect(texts).toContainEqual(expect.stringMatching(sentence));
    expect(texts).toContain('Not reset: nothing was changed');
    expect(texts.indexOf(makeReference(request.id))).toBeGreaterThan(0);
    expect(texts.indexOf('c0000000-0000-4000-8000-000000000001')).toBe(texts.length - 1);
  });

  it('tells the requester of their own message, others who has the password, and an approver that it was approved', () => {
    const { approval } = buildFullResetRequest();
    const decided = approval?.decision;
    const reset = { ...request, state: 'delivered', resetAt: 1 } as const;
    const shared = { ...reset, askedIn: { ...request.askedIn, kind: 'channel' } } as const;
    const approved = decided && {
      ...shared,
      approval: { ...approval, decision: { ...decided, kind: 'approved' } as const },
    };
    expect(describeCard(renderOutcome(reset)).texts).toContainEqual(expect.stringMatching(/ in your direct message\./));
    expect(describeCard(renderOutcome(shared)).texts).toContainEqual(expect.stringMatching(/ to Robin Sharp alone/));
    if (approved === undefined) throw new Error('the request has no decision');
    expect(describeCard(renderOutcome(approved, 'approver')).texts).toContain('Approved: the password is reset');
    expect(describeCard(renderOutcome(approved)).texts).toContain('Password reset');
  });

  it('of a password that never reached its requester says that nobody has it, and never that it was delivered', () => {
    for (const state of ['delivered', 'hidden'] as const) {
      const { id, texts } = describeCard(renderOutcome({ ...request, state, deliverBy: 1 }));
      expect(id).toBe('outcome-attention');
      expect(texts).toContain('Reset, but the password was not delivered');
      expect(texts.join(' ')).not.toMatch(/nothing was changed|has the temporary password/i);
    }
  });

  it('that is unclear never says that nothing was changed', () => {
    for (const kind of ['unclear', 'seal-broken'] as const) {
      const attention = { kind, trouble: undefined };
      const { id, texts } = describeCard(renderOutcome({ ...request, state: 'needs-attention', attention }));
      expect(id).toBe('outcome-attention');
      expect(texts.join(' ')).not.toMatch(/nothing was changed/i);
      expect(texts).toContain('c0000000-0000-4000-8000-000000000001');
    }
  });

  it('holds nothing of the sealed password and has no buttons', () => {
    const full = buildFullResetRequest();
    for (const state of ['delivered', 'hidden', 'refused', 'cancelled'] as const) {
      const card = renderOutcome({ ...full, state });
      expect(JSON.stringify(card)).not.toContain(full.sealedPassword?.ciphertext);
      expect(describeCard(card).part('password')).toBeUndefined();
      expect(card.actions).toBeUndefined();
    }
  });
});

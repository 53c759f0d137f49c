import { describe, expect, it } from '@jest/globals';
import { makeReference } from '../../../src/reset/reference.ts';
import type { Refusal } from '../../../src/reset/refusal.ts';
import type { ResetRequest } from '../../../src/reset/request.ts';
import type { CustomerUser } from '../../../src/reset/target.ts';
import { renderOutcome } from '../../../src/teams/cards/outcome.ts';
import { buildFullResetRequest } from '../../support/build-full-reset-request.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { describeCard, walkCard } from '../../support/card-inspection.ts';

const request = {
  ...buildResetRequest(),
  proof: { verification: 'In person', ticket: 'INC-1' },
  endedAt: Date.UTC(2026, 6, 1, 9, 30),
};

const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';

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

  it('of a reset says that the ticket gets a note, where one was looked up and is there', () => {
    const found = { named: 'INC-1', subject: 'a', customer: 'b', contact: 'c', state: 'open', concerns: [] } as const;
    const textsOf = (ticketFacts: ResetRequest['ticketFacts'], state: ResetRequest['state'] = 'delivered') =>
      describeCard(renderOutcome({ ...request, state, ticketFacts })).texts;
    const note = 'Locksmith writes this outcome into the ticket.';
    expect(textsOf({ kind: 'found', ...found })).toContain(note);
    expect(textsOf({ kind: 'not-checked', named: 'INC-1', why: 'timeout' })).toContain(note);
    expect(textsOf({ kind: 'found', ...found }, 'cancelled')).not.toContain(note);
    expect(textsOf({ kind: 'missing', named: 'INC-1' })).not.toContain(note);
    expect(textsOf(undefined)).not.toContain(note);
  });

  it('of a reset says what the new password does not mend, to everybody who reads the card', () => {
    const { customer, user } = request.target;
    const textsOf = (about: Partial<CustomerUser>, given: Partial<ResetRequest> = {}, reader?: 'approver') => {
      const of = {
        ...request,
        ...given,
        state: 'delivered',
        target: { customer, user: { ...user, ...about } },
      } as const;
      return describeCard(renderOutcome(of, reader)).texts.join(' ');
    };
    const blocked = { graph: { isBlocked: true } } as const;
    expect(textsOf(blocked)).toContain('Sign-in is still blocked for this account');
    expect(textsOf(blocked, {}, 'approver')).toContain('Sign-in is still blocked for this account');
    expect(textsOf({ synchronised: true })).toContain('local directory was not changed');
    const writeBack = { isUsed: true, location: undefined, acceptedAt: undefined };
    expect(textsOf({ synchronised: true }, { writeBack })).not.toContain('local directory was not changed');
    expect(textsOf({})).not.toMatch(/still/);
  });

  it('tells the days of a deletion as it tells any other time, in the reader’s own', () => {
    const refusal = { kind: 'deleted', at: Date.UTC(2026, 5, 30, 8) } as const;
    const { texts } = describeCard(renderOutcome({ ...request, state: 'refused', refusal }));
    expect(texts.join(' ')).toContain('was deleted on {{DATE(2026-06-30T08:00:00Z, SHORT)}}');
    expect(texts.join(' ')).not.toContain('30 Jun');
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

  it('says who is an administrator where a second person was needed and nobody could be asked', () => {
    const roles = [{ id: globalAdministrator, name: 'Company Administrator' }];
    const target = { ...request.target, user: { ...request.target.user, roles } };
    const refused = { ...request, target, state: 'refused', refusal: { kind: 'approval-not-possible' } } as const;
    const shared = { ...refused, askedIn: { ...request.askedIn, kind: 'channel' } } as const;
    const why = ' A second person has to approve this, and no approver can be asked here.';
    expect(describeCard(renderOutcome(refused)).texts).toContain(`Administrator: Global Administrator.${why}`);
    expect(describeCard(renderOutcome(shared)).texts).toContain(`This is the account of an administrator.${why}`);
    expect(describeCard(renderOutcome({ ...refused, target: request.target })).texts).toContain(why.trim());
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
    // Two green cards below each other would look like two resets.
    const styles = (['requester', 'approver'] as const).map(
      (reader) => walkCard(renderOutcome(approved, reader))[1]?.style,
    );
    expect(styles).toEqual(['good', 'emphasis']);
  });

  it('tells an approver nothing that only the one who asked can do', () => {
    const { approval } = buildFullResetRequest();
    const over = [
      { state: 'cancelled', approval },
      { state: 'declined', approval },
      { state: 'expired', approval },
    ] as const;
    for (const given of over) {
      const textsOf = (reader?: 'approver') =>
        describeCard(renderOutcome({ ...request, ...given }, reader)).texts.join(' ');
      expect(textsOf('approver')).toContain('There is nothing more to do here');
      expect(textsOf('approver')).not.toMatch(/[Aa]sk again (?:if|\.)|before you ask/);
      expect(textsOf()).toMatch(/[Aa]sk again/);
    }
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

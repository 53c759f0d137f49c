import { describe, expect, it } from '@jest/globals';
import { asId, type CustomerId } from '../../../src/base/ids.ts';
import type { Refusal } from '../../../src/reset/refusal.ts';
import type { ResetRequest } from '../../../src/reset/request.ts';
import { renderApproval } from '../../../src/teams/cards/approval.ts';
import { formatFreezeResult } from '../../../src/texts/freezes.ts';
import { formatFreezes } from '../../../src/texts/thaw.ts';
import { buildFullResetRequest } from '../../support/build-full-reset-request.ts';
import { describeCard } from '../../support/card-inspection.ts';

const full = buildFullResetRequest();
const waiting: ResetRequest = {
  ...full,
  state: 'awaiting-approval',
  attention: undefined,
  approval: full.approval && { ...full.approval, decision: undefined, approveBy: 2 },
};
const shown = (given: Partial<ResetRequest>) =>
  describeCard(renderApproval({ ...waiting, ...given }, 1)).texts.join('\n');

describe('the card for a second person', () => {
  it('says that the customer was not named, but told by the address', () => {
    expect(shown({ customerInferred: 'address' })).toContain('did not name it: the address tells it');
    expect(shown({ customerInferred: false })).not.toContain('did not name it');
  });

  it('says that the password was reset shortly before, but not where others read along', () => {
    const resetBefore = { at: 1, by: 'Sam Other' };
    const channel = { ...full.askedIn, kind: 'channel' } as const;
    expect(shown({ resetBefore })).toContain('Sam Other reset this person’s password');
    expect(shown({ resetBefore: undefined })).not.toContain('reset this person’s password on');
    expect(shown({ askedIn: channel, resetBefore })).not.toContain('reset this person’s password on');
  });

  it('shows a ticket in one form', () => {
    expect(shown({ proof: { verification: undefined, ticket: '#4713' } })).toMatch(/^4713$/m);
  });

  it.each([{ name: 'R\u043Ebin Tech' }, { userPrincipalName: 'r\u043Ebin@partner.example' }])(
    'warns of a requester who may be made to look like another: %o',
    (part) => {
      const warning = 'of the person who asked mixes alphabets';
      expect(shown({})).not.toContain(warning);
      expect(shown({ technician: { ...full.technician, ...part } })).toContain(warning);
    },
  );

  it.each<Refusal>([
    { kind: 'not-a-technician' },
    { kind: 'groups-unknown' },
    { kind: 'own-account' },
    { kind: 'no-direct-message', why: 'blocked' },
    { kind: 'target-changed' },
  ])('speaks to the second person, not to who asked, where it was refused: $kind', (refusal) => {
    const text = shown({ state: 'refused', refusal });
    expect(text).toContain(`${full.technician.name} is told what to do`);
    expect(text).not.toMatch(/\b[Yy]ou\b|Ask again/);
  });
});

describe('what is frozen', () => {
  const { customer } = full.target;
  const freeze = { customer, by: full.technician, at: 1 };

  it('reads as one customer, several, or all', () => {
    expect(formatFreezes([freeze])).toContain('no password is reset for this customer until');
    expect(formatFreezes([freeze, freeze])).toContain('no password is reset for these customers until');
    expect(formatFreezes([freeze, { ...freeze, customer: undefined }])).toContain(
      'no password is reset for any customer',
    );
  });

  it('is thawed by the tenant id where the customer has no domain', () => {
    const id = asId<CustomerId>('c5000000-0000-4000-8000-000000000009');
    const bare = { ...freeze, customer: { ...customer, id, domain: '' } };
    const answer = formatFreezeResult(
      { kind: 'frozen', freeze: bare, ended: 0, waiting: 0, underWay: 0, own: [], isOwn: true, mayThaw: true },
      full.askedIn,
    );
    expect(answer).toContain(`typing thaw ${id}.`);
    expect(answer).not.toContain('()');
  });
});

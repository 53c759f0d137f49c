import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/base/secret.ts';
import type { PrivateFacts } from '../../../src/reset/private-facts.ts';
import type { ResetRequest } from '../../../src/reset/request.ts';
import type { CustomerUser } from '../../../src/reset/target.ts';
import { renderApproval } from '../../../src/teams/cards/approval.ts';
import { renderRequestCard, type RequiredProof } from '../../../src/teams/cards/confirmation.ts';
import { formatPrivateDetails } from '../../../src/texts/confirmation.ts';
import { formatMethods, needsNumber } from '../../../src/texts/roles-and-sign-in-methods.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';

const minute = 60_000;
const request = buildResetRequest();
const { proposedAt } = request;
const amongOthers = buildResetRequest({ askedIn: { ...request.askedIn, kind: 'group-chat' } });
const methods = ['Called back on a number on file', 'In person'];
const proof: RequiredProof = { verification: { required: true, methods }, ticket: 'off', needsApproval: false };
const number = '+31 20 000 0147';
const told: PrivateFacts = {
  lastPasswordChange: proposedAt - 20 * minute,
  methods: ['phone', 'authenticator', 'phone'],
  numbers: [new Secret(number), new Secret('+31 6 0000 **0148**')],
};

const cardOf = (of: ResetRequest, facts: PrivateFacts | undefined = told, policy = proof) =>
  JSON.stringify(renderRequestCard(of, policy, proposedAt, facts));
const withUser = (of: ResetRequest, user: Partial<CustomerUser>): ResetRequest => ({
  ...of,
  target: { ...of.target, user: { ...of.target.user, ...user } },
});

describe('the confirmation in the personal chat', () => {
  it('shows the numbers on file, the methods by kind, and a change of the password within a day as a warning', () => {
    const card = cardOf(request);
    expect(card).toContain(number);
    expect(card).toContain('+31 6 0000 **0148**');
    expect(card).toContain('Microsoft Authenticator, phone');
    expect(card).toContain('was changed less than 24 hours before this was asked');
  });

  it('shows an older change as a row, and none that is the earlier reset which it names already', () => {
    const older = cardOf(request, { ...told, lastPasswordChange: proposedAt - 48 * 60 * minute });
    expect(older).not.toContain('less than 24 hours');
    expect(older).toContain('Password changed');
    const resetBefore = { at: proposedAt - 21 * minute, by: 'Sam Field' };
    expect(cardOf({ ...request, resetBefore })).not.toContain('was changed less than 24 hours');
  });

  it('shows no number where no way to verify a caller needs one', () => {
    const inPerson = { ...proof, verification: { required: true, methods: ['In person'] } };
    expect(cardOf(request, told, inPerson)).not.toContain('0147');
  });

  it('says that there is none on file, and says nothing where it could not be read', () => {
    expect(cardOf(request, { ...told, numbers: [] })).toContain('the caller cannot be called back');
    expect(cardOf(request, { ...told, numbers: undefined })).not.toContain('Number on file');
  });

  it('is without Graph what it was before', () => {
    expect(renderRequestCard(request, proof, proposedAt, undefined)).toStrictEqual(
      renderRequestCard(request, proof, proposedAt),
    );
    expect(JSON.stringify(renderRequestCard(request, proof, proposedAt))).not.toMatch(
      /Number on file|Registered|changed/,
    );
  });

  it('shows none of it after the press', () => {
    const pressed = cardOf({ ...request, confirmedAt: proposedAt + 1, state: 'approved' });
    expect(pressed).not.toMatch(/0147|Authenticator|Password changed/);
  });

  it('warns that sign-in is blocked, and that a new password does not change it', () => {
    expect(cardOf(withUser(request, { graph: { isBlocked: true } }))).toContain('Sign-in is blocked');
  });

  it('says how somebody is an administrator', () => {
    const card = cardOf(
      withUser(request, {
        roles: [
          { id: 'a', name: 'Global Administrator', by: 'eligible' },
          { id: 'b', name: 'Tier 0', by: 'role-assignable-group' },
          { id: 'c', name: 'Helpdesk Administrator', by: 'group' },
        ],
      }),
    );
    expect(card).toContain(
      'Administrator: Global Administrator (not active now, and this person can activate it), member of the role-assignable group Tier 0, Helpdesk Administrator (through a group).',
    );
  });
});

describe('the confirmation among others', () => {
  it('shows no number, no method and no change of the password, and says that there is more in the own chat', () => {
    const card = cardOf(amongOthers);
    expect(card).not.toMatch(/0147|0148|Authenticator|phone|changed/);
    expect(card).toContain('read it in your own chat with Locksmith before you press');
  });

  it('does not call for care where there is nothing to weigh', () => {
    const card = cardOf(amongOthers, { ...told, lastPasswordChange: proposedAt - 48 * 60 * minute });
    expect(card).not.toContain('read it in your own chat with Locksmith before you press');
  });

  it('has it in the own chat', () => {
    const details = formatPrivateDetails(amongOthers, told);
    expect(details).toContain(`Number on file: ${number}`);
    expect(details).toContain('Registered: Microsoft Authenticator, phone');
    expect(details).toContain('was changed less than 24 hours before');
  });
});

it('an approver sees the block and the kinds of roles', () => {
  const asked = {
    askedAt: proposedAt,
    approveBy: proposedAt + 60 * minute,
    places: [],
    putOff: 0,
    decision: undefined,
    isShown: true,
    isTold: false,
  };
  const of = withUser(buildResetRequest({ state: 'awaiting-approval', confirmedAt: proposedAt, approval: asked }), {
    graph: { isBlocked: true },
    roles: [{ id: 'a', name: 'Global Administrator', by: 'eligible' }],
  });
  const card = JSON.stringify(renderApproval(of, proposedAt));
  expect(card).toContain('Sign-in is blocked');
  expect(card).toContain('Global Administrator (not active now, and this person can activate it)');
});

it.each([
  ['Called back on a number on file', true],
  ['Phone', true],
  ['Rückruf auf die hinterlegte Telefonnummer', true],
  ['In person', false],
  ['Authenticator approval', false],
  ['Vouched for by their manager', false],
])('%s needs a number: %s', (method, needs) => {
  expect(needsNumber(method)).toBe(needs);
});

it('says in a chat with others that numbers and other facts stand in the own chat, until the press', () => {
  const inOwnChat = 'stand in your own chat with Locksmith.';
  expect(cardOf(amongOthers)).toContain(inOwnChat);
  expect(cardOf(request)).not.toContain(inOwnChat);
  expect(cardOf({ ...amongOthers, confirmedAt: proposedAt + 1 })).not.toContain(inOwnChat);
  expect(JSON.stringify(renderRequestCard(amongOthers, proof, proposedAt, undefined))).not.toContain(inOwnChat);
});

it('somebody without a method but the password is said to have none', () => {
  expect(formatMethods([])).toBe('no method besides the password');
});

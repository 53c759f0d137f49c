import { asId, type ResetRequestId } from '../../src/base/ids.ts';
import type { ResetRequest } from '../../src/reset/request.ts';
import { buildResetRequest } from './build-reset-request.ts';

/** A request in which nothing is undefined, so that whoever forgets a field is found out. */
export function buildFullResetRequest(): Required<ResetRequest> {
  const bare = buildResetRequest();
  const at = bare.proposedAt;
  const codes = { httpStatus: 504, partnerCode: '900308' };
  const noSignIn = { ...codes, code: 'sign-in-failed', signInCode: 'invalid_grant', storedWording: undefined } as const;
  const wording = { problem: 'No answer.', advice: 'Wait.' };
  const ofOlderVersion = { ...codes, code: 'timed-out', signInCode: undefined, storedWording: wording };
  const address = { conversation: { ...bare.askedIn, kind: 'channel' as const }, activityId: '1751356800000' };
  return {
    ...bare,
    id: asId<ResetRequestId>('00000000000000000000000000000002'),
    askedBy: 'f:activity-2',
    state: 'sealed',
    card: address,
    cardIsOwed: true,
    target: {
      ...bare.target,
      user: {
        ...bare.target.user,
        id: asId('e5000000-0000-4000-8000-000000000002'),
        roles: [
          { id: 'r', name: 'R' },
          { id: 'g', name: 'G', by: 'role-assignable-group' },
        ],
        graph: {
          isBlocked: true,
          isGuest: true,
          isRestricted: true,
          closed: { code: 'conditional-access', httpStatus: undefined },
          lost: { facts: ['account', 'roles', 'eligible-roles'], code: 'forbidden', httpStatus: 403 },
        },
      },
    },
    customerInferred: 'context',
    outsiders: 2,
    replaces: at - 60_000,
    doubtedAt: at + 1,
    resetBefore: { at: at - 1, by: 'Sam Field' },
    stated: { verification: undefined, ticket: 'T-4711' },
    proof: { verification: 'In person', ticket: 'T-4711' },
    ticketFacts: {
      kind: 'found',
      named: 'T-4711',
      subject: 'Cannot sign in',
      customer: 'Contoso Bikes',
      contact: undefined,
      state: 'closed',
      concerns: ['closed', 'other-contact'],
    },
    confirmedAt: at + 1,
    approval: {
      askedAt: at + 1,
      approveBy: at + 3_600_000,
      places: [
        { where: { kind: 'chat', conversation: address.conversation }, card: address, isClosed: false },
        { where: { kind: 'person', from: bare.askedIn, member: '29:ann' }, card: undefined, isClosed: true },
      ],
      putOff: 1,
      decision: { kind: 'approved', by: bare.technician, at: at + 2, right: 'person' },
      isShown: true,
      isTold: false,
    },
    directMessage: { ...address, activityId: '1751356800001' },
    heldBy: [address],
    sealedPassword: { keyId: '0123456789abcdef', nonce: 'bm9uY2Vub25jZQ==', ciphertext: 'Y2lwaGVydGV4dA==' },
    tries: [
      { number: 1, at: at + 2, deadline: at + 3, outcome: 'unknown', httpStatus: undefined, partnerCode: undefined },
      { number: 2, at: at + 4, deadline: at + 5, outcome: 'refused', httpStatus: 400, partnerCode: '900308' },
    ],
    endedBy: 'b0b00000-0000-4000-8000-000000000002',
    endedAt: at + 6,
    refusal: { kind: 'partner-center', trouble: noSignIn },
    attention: { kind: 'unclear', trouble: ofOlderVersion },
    resetAt: at + 7,
    deliveredAt: at + 8,
    deliverBy: at + 14,
    putOff: 9,
    timesGone: 2,
    revealedAt: at + 9,
    views: 3,
    writeBack: { isUsed: true, location: 'https://graph.example/operation', acceptedAt: at + 5 },
    signOut: { at: at + 10, begunAt: at + 9, outcome: 'refused', code: 'forbidden' },
    accessPass: {
      at: at + 10,
      outcome: 'made',
      code: 'no-code',
      lifetimeInMinutes: 60,
      sealed: { keyId: 'k', nonce: 'n', ciphertext: 'c' },
      toldAt: at + 11,
      mayBeMade: 1,
    },
    messageOwed: 2,
    hideAt: at + 10,
    hiddenAt: at + 11,
    replacedAt: at + 11,
    latePut: { into: [address], hidings: 1, hideAgainAt: at + 15 },
    takeOvers: 2,
    lease: { owner: 'first', until: at + 12 },
    dueAt: at + 13,
  };
}

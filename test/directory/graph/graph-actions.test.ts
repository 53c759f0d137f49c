import { describe, expect, it } from '@jest/globals';
import { asId, type CorrelationId, type CustomerId, type UserId } from '../../../src/base/ids.ts';
import { createFollowUps, createWriteBack } from '../../../src/directory/graph/sign-out-pass-and-write-back.ts';
import { createGraphSight } from '../../../src/directory/graph/graph-consent.ts';
import type { ReadableFact } from '../../../src/reset/refusal.ts';
import { describePartnerTrouble } from '../../../src/texts/failures/partner-center-failures.ts';
import { callId, playGraph, tenantId, userId } from '../../graph/play-graph.ts';

const operation = {
  customer: asId<CustomerId>(tenantId),
  user: asId<UserId>(userId),
  correlationId: asId<CorrelationId>(callId),
};
const { signal } = new AbortController();
const now = Date.UTC(2026, 11, 1, 9);
const clock = { now: () => now };
const usable = {
  id: '1',
  temporaryAccessPass: 'CANARY-1',
  isUsable: true,
  methodUsabilityReason: 'EnabledByPolicy',
  isUsableOnce: true,
  lifetimeInMinutes: 10,
  startDateTime: new Date(now).toISOString(),
};
const pass = (more: object = {}) => ({ status: 201, json: { ...usable, ...more } });
const refusal = { status: 400, json: { error: { code: 'Request_BadRequest', message: 'Not by the policy.' } } };
const listed = (reason: string) => ({
  status: 200,
  json: {
    value: [
      {
        '@odata.type': '#microsoft.graph.temporaryAccessPassAuthenticationMethod',
        id: '1',
        isUsable: false,
        methodUsabilityReason: reason,
      },
    ],
  },
});
type Answers = Parameters<typeof playGraph>[0];

function play(answers: Answers, kept: readonly ReadableFact[] = []) {
  const { graph, sent } = playGraph(answers);
  const sight = createGraphSight(clock);
  const readable = { of: () => Promise.resolve(kept) };
  return { followUps: createFollowUps({ graph, sight, readable, clock }), sight, sent };
}

describe('the buttons of a customer', () => {
  it.each([
    ['are there after a start where Graph could tell something before', ['account'] as const, true],
    ['are not there where it never could', [] as const, false],
  ])('%s', async (_when, kept, isAvailable) => {
    const { followUps } = play([], kept);
    expect(followUps.isAvailable(operation.customer)).toBe(false);
    await followUps.recall(operation.customer);
    expect(followUps.isAvailable(operation.customer)).toBe(isAvailable);
  });

  it('are not there where the customer is without consent now', async () => {
    const { followUps, sight } = play([], ['account']);
    sight.rememberNoConsent(operation.customer);
    await followUps.recall(operation.customer);
    expect(followUps.isAvailable(operation.customer)).toBe(false);
  });
});

describe('a pass that is made', () => {
  it.each([
    ['used', 'OneTimeUsed', 'made'],
    ['expired', 'Expired', 'made'],
    ['not valid yet', 'NotYetValid', 'exists'],
    ['not allowed by the policy', 'DisabledByPolicy', 'exists'],
  ])('beside one that is %s', async (_how, reason, kind) => {
    const { followUps } = play([listed(reason), pass()]);
    expect((await followUps.accessPass({ ...operation, replaces: false }, signal)).kind).toBe(kind);
  });

  it.each([
    [10, 0],
    [15, 1],
    [20, 2],
    [90, 6],
  ])('has the shortest lifetime that the tenant takes, %i minutes', async (least, refused) => {
    const answers = [...Array.from({ length: refused }, () => refusal), pass({ lifetimeInMinutes: least })];
    const { followUps, sent } = play(answers);
    const made = await followUps.accessPass({ ...operation, replaces: true }, signal);
    expect(made).toMatchObject({ kind: 'made', lifetimeInMinutes: least });
    expect(JSON.parse(sent.at(-1)?.body ?? '')).toEqual({ lifetimeInMinutes: least, isUsableOnce: true });
  });

  it.each([
    ['is for more than once', { isUsableOnce: false }, 'NotOneTime'],
    ['is not said to be for once', { isUsableOnce: undefined }, 'NotOneTime'],
    ['begins later', { startDateTime: '2030-01-01T00:00:00Z' }, 'NotYetValid'],
    ['lasts longer than was asked for', { lifetimeInMinutes: 43_200 }, 'TooLong'],
  ])('is not shown where it %s', async (_what, more, reason) => {
    const { followUps } = play([pass(more)]);
    expect(await followUps.accessPass({ ...operation, replaces: true }, signal)).toEqual({ kind: 'unusable', reason });
  });
});

describe('since when sessions are valid', () => {
  it.each([
    ['an instant', '2026-12-01T09:00:00Z', now],
    ['nothing', null, undefined],
  ])('is read from Graph: %s', async (_what, signInSessionsValidFromDateTime, instant) => {
    const { followUps } = play([{ status: 200, json: { id: userId, signInSessionsValidFromDateTime } }]);
    expect(await followUps.sessionsValidFrom(operation, signal)).toBe(instant);
  });

  it('is not known where it cannot be read', async () => {
    const { followUps } = play([{ status: 403, json: { error: { code: 'Authorization_RequestDenied' } } }]);
    expect(await followUps.sessionsValidFrom(operation, signal)).toBeUndefined();
  });
});

describe('a write-back that fails', () => {
  const location = `https://graph.microsoft.com/v1.0/users/${userId}/authentication/operations/1`;
  const poll = (statusDetail: string, status = 'failed') => {
    const { graph } = playGraph([{ status: 200, json: { status, statusDetail } }]);
    return createWriteBack(graph).poll(operation, location, signal);
  };

  it.each(['SSPR_0029: Your organization has not set up write-back', 'hr=80230619'])(
    'is told in the words of Graph: %s',
    async (detail) => {
      const state = await poll(detail);
      expect(state).toMatchObject({ kind: 'failed', trouble: { partnerCode: undefined, detail } });
      if (state.kind === 'failed') expect(describePartnerTrouble(state.trouble).problem).toContain(detail);
    },
  );

  it.each(['failed', 'succeeded'])('in the cloud alone has set the password locally: %s', async (status) => {
    expect((await poll('OnPremisesSuccessCloudFailure', status)).kind).toBe('half-done');
  });
});

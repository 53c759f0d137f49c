import { describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { Secret } from '../../src/base/index.ts';
import { createGraph, type GraphErrorCode, type TokenRefusal, tokenRefusals } from '../../src/graph/index.ts';
import { type Played, playGraph, readExampleRows, refusal, tenantId, userId } from './play-graph.ts';

const ok: Played = { status: 200, json: { id: userId } };

function read(answers: readonly Played[], options: Parameters<typeof playGraph>[1] = {}) {
  const played = playGraph(answers, options);
  const user = played.graph.tenant(tenantId).users.byId(userId);
  return { ...played, answer: user.get({ select: ['accountEnabled'] }) };
}

const { rows } = readExampleRows('graph-errors');
const expected: Readonly<Record<string, GraphErrorCode>> = {
  'scope or role missing, or the target outranks the caller': 'forbidden',
  'password too weak or banned': 'password-refused',
  'PATCH of a synchronised user': 'synchronised',
  '$search without ConsistencyLevel': 'unsupported-query',
  'sign-ins or signInActivity without P1': 'unlicensed',
  'riskyUsers without P2': 'unlicensed',
};

describe('a refusal of Graph', () => {
  it.each(Object.entries(expected))('of the samples is told by a code: %s', async (when, code) => {
    const row = rows.find((one) => one.when === when);
    const { answer } = read([{ status: row?.status ?? 0, json: row?.body }]);
    await expect(answer).rejects.toMatchObject({ code, httpStatus: row?.status, tries: 1 });
  });

  it.each<readonly [number, string, string, GraphErrorCode]>([
    [400, 'AadPremiumLicenseRequired', '', 'unlicensed'],
    [400, 'Request_BadRequest', '$count is not currently supported.', 'unsupported-query'],
    [400, 'Request_BadRequest', 'anything', 'bad-request'],
    [401, 'Authorization_IdentityNotFound', '', 'not-consented'],
    [403, 'Authorization_IdentityNotFound', '', 'not-consented'],
    [
      403,
      'Authorization_RequestDenied',
      'The target is a member of a restricted management administrative unit.',
      'restricted-management',
    ],
    [403, 'accessDenied', '', 'forbidden'],
    [404, 'Request_ResourceNotFound', '', 'not-found'],
    [409, 'Request_MultipleObjectsWithSameKeyValue', '', 'conflict'],
    [418, 'teapot', '', 'refused'],
  ])('%i %s "%s" is %s', async (status, code, message, told) => {
    const { answer } = read([refusal(status, code, message)]);
    await expect(answer).rejects.toMatchObject({ code: told, effect: 'none', httpStatus: status });
  });

  it('that is not in the form of Graph is of something in between', async () => {
    const { answer } = read([{ status: 403, text: '<html>CANARY', headers: { 'Content-Type': 'text/html' } }]);
    await expect(answer).rejects.toMatchObject({ code: 'foreign-answer' });
  });

  it('keeps no word of the answer', async () => {
    const { answer } = read([refusal(403, 'CANARY 1', 'CANARY 2')]);
    const error = await answer.catch((failure: unknown) => failure);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('CANARY');
  });
});

describe('a read', () => {
  it('waits as long as a throttle asks, fractions of a second too', async () => {
    const { answer, waits } = read([{ status: 429, headers: { 'Retry-After': '2.128' } }, ok]);
    await answer;
    expect(waits).toEqual([2128 + 250]);
  });

  it.each([429, 500, 502, 503, 504])('is tried three times more after %i, with the same id', async (status) => {
    const { answer, sent, waits } = read([{ status }]);
    await expect(answer).rejects.toMatchObject({ code: status === 429 ? 'throttled' : 'service-fault', tries: 4 });
    expect(waits).toEqual([375, 1125, 2625]);
    expect(new Set(sent.map(({ headers }) => headers['client-request-id'])).size).toBe(1);
  });

  it.each([400, 403, 404, 501])('is not tried again after %i', async (status) => {
    const { answer, sent } = read([refusal(status, 'code')]);
    await expect(answer).rejects.toMatchObject({ httpStatus: status });
    expect(sent).toHaveLength(1);
  });

  it('is tried once with a fresh token after a 401, then it stops', async () => {
    const { answer, tokens } = read([{ status: 401 }]);
    await expect(answer).rejects.toMatchObject({ code: 'token-refused', tries: 2 });
    expect(tokens).toEqual([tenantId, `${tenantId} fresh`]);
  });

  it('never follows a redirect', async () => {
    const { answer, sent } = read([{ status: 307, headers: { Location: 'https://evil.example' } }]);
    await expect(answer).rejects.toMatchObject({ code: 'redirected' });
    expect(sent).toHaveLength(1);
  });

  it('ends when the caller says so', async () => {
    const { graph } = playGraph([ok]);
    const get = graph.tenant(tenantId).users.byId(userId).get({ select: [], signal: AbortSignal.abort() });
    await expect(get).rejects.toMatchObject({ code: 'cancelled', tries: 0 });
  });

  it('ends after its time limit, whatever hangs', async () => {
    const { answer } = read([ok], {
      tokenFor: () => Promise.withResolvers<never>().promise,
      timeouts: { perTry: 5, whole: 10 },
    });
    await expect(answer).rejects.toMatchObject({ code: 'timed-out' });
  });
});

describe('a missing token', () => {
  it.each<TokenRefusal>([...tokenRefusals])('is told as %s, and nothing is sent', async (refusalCode) => {
    const { answer, sent } = read([ok], {
      tokenFor: () => Promise.resolve({ kind: 'refused', refusal: refusalCode, entraCode: 65001 }),
    });
    await expect(answer).rejects.toMatchObject({ code: refusalCode, entraCode: 65001, tries: 0, effect: 'none' });
    expect(sent).toEqual([]);
  });

  it.each([
    () => Promise.reject(new Error('CANARY')),
    () => Promise.resolve({ kind: 'token', token: new Secret('two\nlines-CANARY') } as const),
  ])('counts as a failed sign-in where its source breaks: %#', async (tokenFor) => {
    const { answer, sent } = read([ok], { tokenFor });
    const error = await answer.catch((failure: unknown) => failure);
    expect(error).toMatchObject({ code: 'sign-in-failed' });
    expect(inspect(error, { depth: 9 })).not.toContain('CANARY');
    expect(sent).toEqual([]);
  });
});

describe('a client', () => {
  const options = {
    tokenFor: () => Promise.reject(new Error('not asked')),
    fetch: () => Promise.reject(new Error('not asked')),
    clock: { now: () => 0, after: () => () => undefined },
    random: () => 0,
    newId: () => userId,
  };

  it.each(['http://graph.microsoft.com', 'https://user@graph.microsoft.com', 'https://graph.microsoft.com?x', 'graph'])(
    'is not made for %s',
    (baseUrl) => {
      expect(() => createGraph({ ...options, baseUrl })).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
    },
  );

  it('takes ids alone, of tenants and of people', () => {
    const graph = createGraph({ ...options, baseUrl: 'http://127.0.0.1:1' });
    expect(() => graph.tenant('contoso.com')).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
    expect(() => graph.tenant(tenantId).users.byId('ilse@contoso.com')).toThrow(
      expect.objectContaining({ code: 'invalid-argument' }),
    );
    expect(() => graph.with({ correlationId: 'x' })).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findPerson } from '../../../src/sandbox/partner-center/index.ts';
import { resetBody, type Running, type Sent, startPretend } from './start-pretend.ts';

let running: Running;
let userPath = '';

beforeAll(async () => {
  running = await startPretend();
  const { customer, user } = findPerson(running.pretend.data, 'adele.vance@contosobikes.onmicrosoft.com');
  userPath = `/v1/customers/${customer.id}/users/${user.id}`;
});
afterAll(async () => {
  await running.pretend.close();
});

describe('a call', () => {
  const badHeaders: readonly [what: string, headers: NonNullable<Sent['headers']>, status: number, code: number][] = [
    ['has no token', { Authorization: undefined }, 401, 800_001],
    ['has another kind of credentials', { Authorization: 'Basic c2FuZGJveA==' }, 401, 800_001],
    ['has a token that is not accepted', { Authorization: 'Bearer sandboxes' }, 401, 400],
    ['has no request id', { 'MS-RequestId': undefined }, 400, 2001],
    ['has a request id that is no GUID', { 'MS-RequestId': '42' }, 400, 2000],
    ['has no correlation id', { 'MS-CorrelationId': undefined }, 400, 2001],
    ['has a correlation id in braces', { 'MS-CorrelationId': `{${crypto.randomUUID()}}` }, 400, 2000],
    ['accepts anything', { Accept: '*/*' }, 406, 2000],
    ['accepts XML', { Accept: 'application/xml' }, 406, 2000],
    ['wants another version', { 'MS-Contract-Version': 'v2' }, 400, 2000],
  ];
  it.each(badHeaders)('is refused where it %s', async (_what, headers, status, code) => {
    const seen = await running.send('/v1/customers?size=1', { headers });
    expect(seen).toMatchObject({ status, json: { code, data: expect.any(Array), source: 'PartnerFD' } });
    expect(seen.headers.get('WWW-Authenticate')).toBe(status === 401 ? 'Bearer' : null);
  });

  it('is answered with its own ids, a vector and a server', async () => {
    const ids = { 'MS-RequestId': crypto.randomUUID(), 'MS-CorrelationId': crypto.randomUUID() };
    const seen = await running.send(userPath, { headers: ids });
    expect(seen.status).toBe(200);
    expect(seen.headers.get('MS-RequestId')).toBe(ids['MS-RequestId']);
    expect(seen.headers.get('MS-CorrelationId')).toBe(ids['MS-CorrelationId']);
    expect(seen.headers.get('MS-CV')).toMatch(/^[0-9a-f]{16}\.0$/);
    expect(seen.headers.get('MS-ServerId')).toMatch(/^\d{9}$/);
    expect(seen.headers.get('Content-Type')).toBe('application/json; charset=utf-8');
    expect(seen.headers.get('isMfaCompliant')).toBeNull();
  });

  it('is told whether its token had MFA where it asks', async () => {
    const seen = await running.send(userPath, { headers: { ValidateMfa: 'true' } });
    expect(seen.headers.get('isMfaCompliant')).toBe('true');
  });

  it('is answered with made-up ids where it brought none, in a refusal too', async () => {
    const seen = await running.send(userPath, { headers: { 'MS-RequestId': 'x', 'MS-CorrelationId': undefined } });
    expect(seen.status).toBe(400);
    expect(seen.headers.get('MS-RequestId')).toMatch(/^[0-9a-f-]{36}$/);
    expect(seen.headers.get('MS-CorrelationId')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    '/',
    '/customers?size=1',
    '/v1',
    '/v1/customers/',
    '/V1/customers?size=1',
    '/v2/customers?size=1',
    '/v1/invoices',
    '/v1/customers/%E0%A4%A/users',
    '/v1/customers/1/users/2/resetpassword/3',
    '/v1/customers/1/users/2/licenses',
    '/v1/customers/1/subscriptions',
  ])('to the unknown address %s is a 404 without a code', async (address) => {
    const { status, json } = await running.send(address);
    expect(status).toBe(404);
    expect(json).toEqual({ message: expect.any(String) });
  });

  it.each([
    ['POST', '/v1/customers?size=1', 'GET'],
    ['PATCH', '/v1/customers?size=1', 'GET'],
    ['DELETE', 'user', 'GET, PATCH'],
    ['PUT', 'user', 'GET, PATCH'],
    ['GET', 'user/resetpassword', 'PATCH'],
    ['POST', 'user/resetpassword', 'PATCH'],
    ['PATCH', 'user/directoryroles', 'GET'],
  ])('by %s to %s is a 405 that says what is allowed', async (method, address, allowed) => {
    const body = method === 'PATCH' ? { body: resetBody('Marble-CANARY-otter-7') } : {};
    const seen = await running.send(address.replace('user', userPath), { method, ...body });
    expect(seen.status).toBe(405);
    expect(seen.headers.get('Allow')).toBe(allowed);
  });

  it.each([
    ['/v1/customers/contosobikes.onmicrosoft.com', 400, 900_118],
    ['/v1/customers/..%2F..%2Fsign-in', 400, 900_118],
    ['/v1/customers/5d845377-5b7d-4cd4-98f6-19e5ae3faa81', 404, 60_003],
    ['/v1/customers/5d845377-5b7d-4cd4-98f6-19e5ae3faa81/users?size=5', 404, 60_003],
    ['/v1/customers/5d845377-5b7d-4cd4-98f6-19e5ae3faa81/users/5d845377-5b7d-4cd4-98f6-19e5ae3faa81', 404, 60_003],
  ])('to %s is answered with %i and code %i', async (address, status, code) => {
    expect(await running.send(address)).toMatchObject({ status, json: { code } });
  });

  it.each(['', '/directoryroles'])('about a user who is not there is a 404 with code 60002 (%s)', async (rest) => {
    const address = userPath.replace(/[^/]*$/, '5d845377-5b7d-4cd4-98f6-19e5ae3faa81') + rest;
    expect(await running.send(address)).toMatchObject({ status: 404, json: { code: 60_002 } });
  });

  it('about a user by UPN, or with a query of its own making, is refused', async () => {
    const byName = userPath.replace(/[^/]*$/, 'adele.vance@contosobikes.onmicrosoft.com');
    expect(await running.send(byName)).toMatchObject({ status: 400, json: { code: 2000 } });
    expect(await running.send(`${userPath}?expand=all`)).toMatchObject({ status: 400, json: { code: 2000 } });
  });

  it('longer than 64 KB is refused unread', async () => {
    const body = JSON.stringify(resetBody(`CANARY${'x'.repeat(70_000)}`));
    expect(await running.send(`${userPath}/resetpassword`, { method: 'PATCH', body })).toMatchObject({ status: 413 });
  });

  it('is recorded with its ids and its status, and without token and body', async () => {
    const { pretend, send } = await startPretend();
    const requestId = crypto.randomUUID();
    await send('/v1/customers?size=3', { headers: { 'MS-RequestId': requestId } });
    await send('/v1/customers?size=3', { headers: { Authorization: undefined } });
    expect(pretend.calls).toMatchObject([
      { method: 'GET', path: '/v1/customers', requestId, status: 200, fault: undefined },
      { method: 'GET', path: '/v1/customers', status: 401 },
    ]);
    expect(pretend.calls[0]?.query.get('size')).toBe('3');
    expect(pretend.calls[0]?.headers).not.toHaveProperty('authorization');
    await pretend.close();
  });

  it('is judged by a function where one is given', async () => {
    const { pretend, send } = await startPretend({
      acceptsToken: (token) => token.reveal((text) => text.endsWith('-CANARY')),
    });
    expect((await send('/v1/customers?size=1')).status).toBe(401);
    const headers = { Authorization: 'Bearer my-CANARY' };
    expect((await send('/v1/customers?size=1', { headers })).status).toBe(200);
    await pretend.close();
  });
});

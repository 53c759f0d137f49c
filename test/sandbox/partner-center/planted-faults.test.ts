import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/base/secret.ts';
import { partnerErrorRows, type PretendFault } from '../../../src/sandbox/partner-center/index.ts';
import { createHandClock, type HandClock } from '../../support/hand-clock.ts';
import { personAt, resetBody, type Running, startPretend, until } from './start-pretend.ts';

const password = 'Marble-CANARY-otter-7';

let running: Running;
let clock: HandClock;
let userPath = '';
let resets: () => number;
beforeEach(async () => {
  clock = createHandClock();
  running = await startPretend({ clock });
  const { customer, user } = personAt(running, 'adele.vance');
  userPath = `/v1/customers/${customer.id}/users/${user.id}`;
  resets = () => running.pretend.resetCount(customer.id, user.id);
});
afterEach(async () => {
  await running.pretend.close();
});

const read = () => running.send(userPath);
const reset = (signal?: AbortSignal) =>
  running.send(`${userPath}/resetpassword`, {
    method: 'PATCH',
    body: resetBody(password),
    ...(signal === undefined ? {} : { signal }),
  });
const strike = (fault: PretendFault) => {
  running.pretend.faults.next({ fault });
};

describe('a fault', () => {
  it.each(partnerErrorRows)('of Partner Center has status $status and code $code', async (row) => {
    strike({ kind: 'partner-error', row });
    expect(await reset()).toMatchObject({ status: row.status, json: { code: row.code, source: 'PartnerFD' } });
    expect(resets()).toBe(0);
  });

  it.each([
    ['documented', { code: 900_308, description: expect.any(String), data: [], source: 'PartnerFD' }],
    ['code-as-text', { code: '900308', description: expect.any(String), data: [], source: 'PartnerFD' }],
    ['pascal-case', { Code: 900_308, Description: expect.any(String), Data: [], Source: 'PartnerFD' }],
    ['named', { code: '900308', message: expect.any(String), errorName: 'Refused', isRetryable: false }],
    [
      'nested-json',
      { code: 900_308, description: expect.stringContaining('{"odata.error":'), data: [], source: 'PartnerFD' },
    ],
    ['plain-text', undefined],
  ] as const)('of Partner Center comes in the shape "%s"', async (shape, json) => {
    strike({
      kind: 'partner-error',
      row: { status: 403, code: 900_308, description: 'Insufficient privileges' },
      shape,
    });
    const seen = await read();
    expect(seen.json).toEqual(json);
    expect(seen.text).toContain('Insufficient privileges');
  });

  it('of the gateway throttles, with seconds, with a date, or without a word on how long', async () => {
    strike({ kind: 'throttled', retryAfter: { seconds: 57 } });
    strike({ kind: 'throttled', retryAfter: { at: Date.UTC(2026, 5, 8, 12) } });
    strike({ kind: 'throttled', retryAfter: 'absent' });
    const seen = [await read(), await read(), await read()];
    expect(seen.map(({ status, headers }) => [status, headers.get('Retry-After')])).toEqual([
      [429, '57'],
      [429, 'Mon, 08 Jun 2026 12:00:00 GMT'],
      [429, null],
    ]);
    expect(seen[0]?.json).toMatchObject({ statusCode: 429, message: expect.any(String) });
  });

  it.each([408, 500, 502, 503, 504] as const)(
    'of the server, %i, comes before the effect or after it',
    async (status) => {
      strike({ kind: 'server-fault', status, effect: 'none' });
      expect((await reset()).status).toBe(status);
      expect(resets()).toBe(0);
      strike({ kind: 'server-fault', status, effect: 'applied' });
      expect((await reset()).status).toBe(status);
      expect(resets()).toBe(1);
    },
  );

  it.each(['none', 'applied'] as const)('breaks the connection without an answer (effect %s)', async (effect) => {
    strike({ kind: 'disconnect', effect });
    await expect(reset()).rejects.toMatchObject({
      cause: { code: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) },
    });
    expect(resets()).toBe(effect === 'applied' ? 1 : 0);
    expect(running.pretend.calls).toMatchObject([{ status: undefined, fault: 'disconnect' }]);
  });

  it.each(['none', 'applied'] as const)('leaves a call without an answer (effect %s)', async (effect) => {
    strike({ kind: 'hang', effect });
    const giveUp = new AbortController();
    const waiting = reset(giveUp.signal);
    await until(() => running.pretend.calls[0]?.fault === 'hang');
    giveUp.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    expect(resets()).toBe(effect === 'applied' ? 1 : 0);
  });

  it('cuts an answer off after the effect', async () => {
    strike({ kind: 'cut-off' });
    await expect(reset()).rejects.toMatchObject({ message: 'terminated' });
    expect(resets()).toBe(1);
  });

  it('makes an answer late by the clock', async () => {
    strike({ kind: 'slow', milliseconds: 5000 });
    const waiting = read();
    await clock.waiting((wait) => wait === 5000);
    clock.advance(5000);
    expect((await waiting).status).toBe(200);
  });

  it.each(['before', 'after'] as const)('holds an answer, with the effect %s', async (effect) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    strike({ kind: 'held', until: promise, effect });
    const waiting = reset();
    await until(() => running.pretend.calls[0]?.fault === 'held');
    expect(resets()).toBe(effect === 'before' ? 1 : 0);
    resolve();
    expect((await waiting).status).toBe(200);
    expect(resets()).toBe(1);
  });

  it('puts a page, a plain text or nothing in place of an answer', async () => {
    strike({ kind: 'proxy-page', status: 200, effect: 'none' });
    strike({ kind: 'plain-text', status: 403, text: 'The supplied role does not have the rights', effect: 'none' });
    strike({ kind: 'empty', status: 200, effect: 'applied' });
    const page = await reset();
    expect([page.status, page.headers.get('Content-Type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.text).toMatch(/^<!DOCTYPE html>/);
    expect(await reset()).toMatchObject({ status: 403, text: 'The supplied role does not have the rights' });
    expect(resets()).toBe(0);
    expect(await reset()).toMatchObject({ status: 200, text: '' });
    expect(resets()).toBe(1);
  });

  it('answers 200 with what is no JSON, after the effect', async () => {
    strike({ kind: 'not-json' });
    const seen = await reset();
    expect([seen.status, seen.json]).toEqual([200, undefined]);
    expect(resets()).toBe(1);
  });

  it('leads elsewhere', async () => {
    strike({ kind: 'redirect', location: 'http://127.0.0.1:9/' });
    const seen = await reset();
    expect([seen.status, seen.headers.get('Location')]).toEqual([302, 'http://127.0.0.1:9/']);
  });

  it('puts a BOM or capital letters into a true answer', async () => {
    strike({ kind: 'bom' });
    strike({ kind: 'pascal-case' });
    expect((await read()).text).toMatch(/^\uFEFF\{/);
    expect((await read()).json).toMatchObject({
      DisplayName: 'Adele Vance',
      Links: { Self: { Method: 'GET', Headers: [] } },
      Attributes: { ObjectType: 'CustomerUser' },
    });
  });

  it('gives a page a next that repeats, or one that leads elsewhere', async () => {
    strike({ kind: 'next-repeats' });
    const { json } = await running.send('/v1/customers?size=10');
    expect(json).toMatchObject({ links: { self: { uri: '/customers?size=10' }, next: { uri: '/customers?size=10' } } });
    strike({ kind: 'next-elsewhere', origin: 'http://127.0.0.1:9' });
    expect((await running.send('/v1/customers?size=10')).json).toMatchObject({
      links: { next: { uri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:9\/customers\?/) } },
    });
  });

  it.each([404, 405, 501] as const)('does not know the address (%i), and says no code', async (status) => {
    running.pretend.faults.next({ path: /\/resetpassword$/, fault: { kind: 'route-unknown', status } });
    const seen = await reset();
    expect(seen).toMatchObject({ status, json: { message: expect.any(String) } });
    expect(seen.json).not.toHaveProperty('code');
    expect(resets()).toBe(0);
  });

  it('never says the password that was sent', async () => {
    strike({ kind: 'server-fault', status: 500, effect: 'applied' });
    expect((await reset()).text).not.toContain('CANARY');
    const [call] = running.pretend.calls;
    expect(JSON.stringify(call)).not.toContain('CANARY');
    const { customer, user } = personAt(running, 'adele.vance');
    expect(running.pretend.passwordMatches(customer.id, user.id, new Secret(password))).toBe(true);
  });
});

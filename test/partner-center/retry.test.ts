import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import { connect, createFakeClock } from './connect.ts';
import { serving, theOneAsked } from './start-strict-server.ts';

const serve = serving();
const profile = { password: new Secret('CANARY-retries-1'), forceChangePassword: true } as const;

describe('a read', () => {
  it.each([429, 500, 502, 503, 504])(
    'is tried three times more after %i, with the same ids, then it ends',
    async (status) => {
      const server = await serve({ status });
      const clock = createFakeClock();
      const read = connect(server, { clock }).customers.byId('c').get();
      await expect(read).rejects.toMatchObject({ code: status === 429 ? 'throttled' : 'service-fault', tries: 4 });
      expect(clock.waits).toEqual([375, 1125, 2625]);
      expect(server.received).toHaveLength(4);
      expect(new Set(server.received.map(({ headers }) => headers['ms-requestid'])).size).toBe(1);
      expect(new Set(server.received.map(({ headers }) => headers['ms-correlationid'])).size).toBe(1);
    },
  );

  it.each([400, 403, 404, 405, 408, 409, 417, 418, 501, 505])('is not tried again after %i', async (status) => {
    const server = await serve({ status, json: { code: 2000 } });
    await expect(connect(server).customers.byId('c').get()).rejects.toMatchObject({ tries: 1, httpStatus: status });
    expect(server.received).toHaveLength(1);
  });

  it('is tried again where the connection breaks, before or within the answer', async () => {
    const server = await serve(
      (response) => {
        response.destroy();
      },
      (response) => {
        response.writeHead(200, { 'Content-Length': '1000' });
        response.write('{"id":"x', () => response.destroy());
      },
      theOneAsked,
    );
    expect(await connect(server).customers.byId('c').get()).toMatchObject({ id: 'c' });
    expect(server.received).toHaveLength(3);
  });

  it('ends at once where the wait would outlast the whole operation', async () => {
    const server = await serve({ status: 429, headers: { 'Retry-After': '120' } });
    const clock = createFakeClock();
    const timeouts = { perTry: 2_000_000, whole: 2_000_000 };
    const read = connect(server, { clock, timeouts }).customers.byId('c').get();
    await expect(read).rejects.toMatchObject({ tries: 4 });
    const impatient = connect(server, {
      timeouts: { perTry: 60_000, whole: 60_000 },
      clock: createFakeClock(0, 50_000),
    });
    await expect(impatient.customers.byId('c').get()).rejects.toMatchObject({
      code: 'throttled',
      tries: 1,
      retryAfterMilliseconds: 120_000,
    });
  });

  it('takes a new request id for the next operation', async () => {
    const server = await serve(theOneAsked);
    const partner = connect(server);
    await partner.customers.byId('c').get();
    await partner.customers.byId('c').get();
    expect(new Set(server.received.map(({ headers }) => headers['ms-requestid'])).size).toBe(2);
  });
});

describe('a write', () => {
  it.each([429, 500, 503])('is never repeated after %i where the caller did not allow it', async (status) => {
    const server = await serve({ status });
    const user = connect(server).customers.byId('c').users.byId('u');
    await expect(user.resetPassword(profile)).rejects.toMatchObject({ tries: 1 });
    expect(server.received).toHaveLength(1);
  });

  it('goes out once with a connection of its own, even after 421, which fetch would repeat', async () => {
    const server = await serve({ status: 421 });
    const user = connect(server).customers.byId('c').users.byId('u');
    await expect(user.resetPassword(profile, { freshConnection: true })).rejects.toMatchObject({ code: 'refused' });
    expect(server.received).toHaveLength(1);
  });

  it('is repeated where the caller allows it, with the same body and request id', async () => {
    const server = await serve({ status: 503 }, { status: 429, headers: { 'Retry-After': '1' } }, theOneAsked);
    const user = connect(server).customers.byId('c').users.byId('u');
    expect(await user.resetPassword(profile, { mayRepeat: true })).toMatchObject({ tries: 3 });
    expect(new Set(server.received.map(({ headers, body }) => `${headers['ms-requestid']} ${body}`)).size).toBe(1);
  });

  it.each([
    ['refused', { status: 400, json: { code: 3000 } }],
    ['throttled', { status: 429, headers: { 'Retry-After': '86400' } }],
  ])('stays unknown where a repetition is %s: that proves nothing about the first try', async (_what, second) => {
    const server = await serve({ status: 500 }, second);
    const clock = createFakeClock(0, 50_000);
    const user = connect(server, { clock, timeouts: { perTry: 60_000, whole: 60_000 } })
      .customers.byId('c')
      .users.byId('u');
    await expect(user.resetPassword(profile, { mayRepeat: true })).rejects.toMatchObject({
      code: 'unknown-result',
      effect: 'unknown',
      httpStatus: second.status,
      tries: 2,
    });
  });

  it('sends on every try what it was given at first', async () => {
    const server = await serve({ status: 503 }, theOneAsked);
    const user = { displayName: 'before' };
    const random = (): number => {
      user.displayName = 'after';
      return 0;
    };
    await connect(server, { random }).customers.byId('c').users.byId('u').patch(user, { mayRepeat: true });
    expect(server.received.map(({ body }) => JSON.parse(body))).toMatchObject([
      { displayName: 'before' },
      { displayName: 'before' },
    ]);
  });
});

describe('a refused token', () => {
  const tokens = (asked: boolean[]) => ({
    getToken: async (options?: { readonly fresh?: boolean }) => {
      asked.push(options?.fresh === true);
      return new Secret(`token-${asked.length}`);
    },
  });

  it('is replaced by a fresh one once, for a write too, with the same request id', async () => {
    const server = await serve({ status: 401, json: { code: 400 } }, theOneAsked);
    const asked: boolean[] = [];
    const user = connect(server, { credentials: tokens(asked) })
      .customers.byId('c')
      .users.byId('u');
    expect(await user.resetPassword(profile)).toMatchObject({ tries: 2 });
    expect(asked).toEqual([false, true]);
    expect(server.received.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ]);
    expect(new Set(server.received.map(({ headers }) => headers['ms-requestid'])).size).toBe(1);
  });

  it('is given up after the second', async () => {
    const server = await serve({ status: 401 });
    const asked: boolean[] = [];
    const user = connect(server, { credentials: tokens(asked) })
      .customers.byId('c')
      .users.byId('u');
    await expect(user.resetPassword(profile)).rejects.toMatchObject({
      code: 'token-refused',
      tries: 2,
      effect: 'none',
    });
    expect(asked).toEqual([false, true]);
  });

  it('is not replaced where MFA is missing', async () => {
    const server = await serve({ status: 401, json: { code: 900421 } });
    const asked: boolean[] = [];
    const read = connect(server, { credentials: tokens(asked) })
      .customers.byId('c')
      .get();
    await expect(read).rejects.toMatchObject({ code: 'mfa-required', tries: 1 });
    expect(asked).toEqual([false]);
  });

  it('is not asked for afresh on later tries', async () => {
    const server = await serve({ status: 401 }, { status: 503 }, theOneAsked);
    const asked: boolean[] = [];
    await connect(server, { credentials: tokens(asked) })
      .customers.byId('c')
      .get();
    expect(asked).toEqual([false, true, false]);
  });
});

describe('a throttled read', () => {
  it.each([
    ['7', 7000 + 250],
    ['0', 250],
    ['Sun, 01 Mar 2026 12:00:09 GMT', 9000 + 250],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 250],
    ['soon', 375],
    ['soon 5', 375],
    ['1.5', 1500 + 250],
    ['5, 10', 375],
    ['3 bananas', 375],
    ['2026-03-01T12:00:09Z', 375],
    ['-5', 375],
  ])('waits as Retry-After: %s says, and a little more', async (retryAfter, wait) => {
    const server = await serve({ status: 429, headers: { 'Retry-After': retryAfter } }, theOneAsked);
    const clock = createFakeClock();
    await connect(server, { clock }).customers.byId('c').get();
    expect(clock.waits).toEqual([wait]);
  });

  it('takes a Retry-After of any length for a day at most', async () => {
    const server = await serve({ status: 429, headers: { 'Retry-After': '99999999999999999999' } });
    const read = connect(server).customers.byId('c').get();
    await expect(read).rejects.toMatchObject({ code: 'throttled', tries: 1, retryAfterMilliseconds: 86_400_000 });
  });
});

describe('the time', () => {
  it('ends a try that is not answered; a write is then unknown, with its own connection too', async () => {
    for (const freshConnection of [false, true]) {
      const clock = createFakeClock();
      const server = await serve(() => {
        clock.pass(2_000_000);
      });
      const user = connect(server, { clock }).customers.byId('c').users.byId('u');
      const reset = user.resetPassword(profile, { freshConnection });
      await expect(reset).rejects.toMatchObject({ code: 'unknown-result', effect: 'unknown' });
    }
  });

  it('ends reads that are never answered after four tries or when the whole time is over', async () => {
    const clock = createFakeClock();
    const server = await serve(() => {
      clock.pass(2_000_000);
    });
    const read = connect(server, { clock }).customers.byId('c').get();
    await expect(read).rejects.toMatchObject({ code: 'timed-out', tries: 2, effect: 'none' });
  });

  it('ends a wait for a token that never comes, and nothing was sent', async () => {
    const clock = createFakeClock();
    const server = await serve({});
    const getToken = (): Promise<Secret> => {
      queueMicrotask(() => {
        clock.pass(4_000_000);
      });
      return new Promise(() => {});
    };
    const user = connect(server, { clock, credentials: { getToken } }).customers.byId('c').users.byId('u');
    await expect(user.resetPassword(profile)).rejects.toMatchObject({
      code: 'timed-out',
      effect: 'none',
      tries: 0,
    });
    expect(server.received).toEqual([]);
  });
});

describe('the signal', () => {
  it('sends nothing where it was aborted before', async () => {
    const server = await serve(theOneAsked);
    const user = connect(server).customers.byId('c').users.byId('u');
    const signal = AbortSignal.abort();
    await expect(user.resetPassword(profile, { signal })).rejects.toMatchObject({
      code: 'cancelled',
      effect: 'none',
    });
    await expect(user.get({ signal })).rejects.toMatchObject({ code: 'cancelled', tries: 0 });
    expect(server.received).toEqual([]);
  });

  it.each([true, false])('makes a write unknown once it was sent (fresh connection: %s)', async (freshConnection) => {
    const stop = new AbortController();
    const server = await serve(() => {
      stop.abort();
    });
    const user = connect(server).customers.byId('c').users.byId('u');
    const reset = user.resetPassword(profile, { signal: stop.signal, freshConnection, mayRepeat: true });
    await expect(reset).rejects.toMatchObject({ code: 'unknown-result', tries: 1 });
  });

  it('ends a wait between two tries', async () => {
    const stop = new AbortController();
    const server = await serve({ status: 429, headers: { 'Retry-After': '1500' } });
    const random = (): number => {
      setImmediate(() => {
        stop.abort();
      });
      return 0;
    };
    const read = connect(server, { random }).customers.byId('c').get({ signal: stop.signal });
    await expect(read).rejects.toMatchObject({ code: 'throttled', tries: 1 });
  });
});

import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import {
  type AggregatePartner,
  createPartner,
  type CustomerUserOperations,
  type CustomerUserPatch,
  type PasswordProfile,
} from '../../src/partner-center/index.ts';
import { connect, createFakeClock } from './connect.ts';
import { rawServing } from './raw-serving.ts';
import { serving, theOneAsked } from './start-strict-server.ts';

const serve = serving();
const requestId = 'b1317092-f087-471e-a637-f66523b2b94c';
const correlationId = '8a53b025-d5be-4d98-ab20-229d1813de76';

describe('a request', () => {
  it('carries what was set for all calls and nothing that was not', async () => {
    const server = await serve(theOneAsked);
    const partner = connect(server, { applicationName: 'Locksmith 0.1', validateMfa: true, locale: 'de-DE' });
    await partner.customers.byId('c').get();
    await connect(server).customers.byId('c').get();
    expect(server.received[0]?.headers).toMatchObject({
      authorization: 'Bearer token-CANARY-1',
      'ms-partnercenter-application': 'Locksmith 0.1',
      validatemfa: 'true',
      'x-locale': 'de-DE',
      'ms-contract-version': 'v1',
      connection: 'keep-alive',
    });
    expect(server.received[1]?.headers).toMatchObject({ 'x-locale': 'en-US' });
    expect(server.received[1]?.headers).not.toHaveProperty('validatemfa');
    expect(server.received[1]?.headers).not.toHaveProperty('ms-partnercenter-application');
    expect(server.received[1]?.headers).not.toHaveProperty('content-type');
  });

  it('carries what a scoped partner was given, and the partner it came from stays as it was', async () => {
    const server = await serve(theOneAsked);
    const partner = connect(server);
    const scoped = partner.with({ correlationId, requestId, locale: 'fr-FR' });
    await scoped.customers.byId('c').get();
    await scoped.with({ locale: 'it-IT' }).customers.byId('c').get();
    await partner.customers.byId('c').get();
    const [first, second, third] = server.received.map(({ headers }) => headers);
    expect(first).toMatchObject({ 'ms-correlationid': correlationId, 'ms-requestid': requestId, 'x-locale': 'fr-FR' });
    expect(second).toMatchObject({ 'ms-correlationid': correlationId, 'x-locale': 'it-IT' });
    expect(third?.['ms-correlationid']).not.toBe(correlationId);
  });

  it('shares a correlation id that with() made itself', async () => {
    const server = await serve(theOneAsked);
    const scoped = connect(server).with({});
    await scoped.customers.byId('c').get();
    await scoped.customers.byId('c').get();
    expect(new Set(server.received.map(({ headers }) => headers['ms-correlationid'])).size).toBe(1);
  });

  it('keeps connections alive', async () => {
    const server = await serve(theOneAsked);
    const partner = connect(server);
    for (let call = 0; call < 6; call += 1) {
      await partner.customers.byId('c').get();
    }
    expect(new Set(server.received.map(({ port }) => port)).size).toBeLessThanOrEqual(2);
  });

  it.each([
    ['../users', '..%2Fusers'],
    ['a/b?c#d', 'a%2Fb%3Fc%23d'],
    ['%2e%2e', '%252e%252e'],
    ['ü ', '%C3%BC%20'],
    ['a\r\nb', 'a%0D%0Ab'],
    ['...', '...'],
  ])('makes one segment of the id %j', async (id, segment) => {
    const server = await serve(theOneAsked);
    await connect(server).customers.byId('c').users.byId(id).get();
    expect(server.received[0]?.url).toBe(`/v1/customers/c/users/${segment}`);
  });

  it('goes below a base address with a path of its own', async () => {
    const server = await serve(theOneAsked);
    const partner = connect({ baseUrl: `${server.baseUrl}/v1/behind/` });
    await partner.customers.byId('c').get();
    expect(server.received[0]?.url).toBe('/v1/behind/v1/customers/c');
  });
});

describe('the body of a change', () => {
  it.each<[CustomerUserPatch, object]>([
    [{ displayName: 'x' }, { displayName: 'x' }],
    [{ state: 'active' }, { state: 'active' }],
    [{ passwordProfile: { forceChangePassword: true } }, { passwordProfile: { forceChangePassword: true } }],
  ])('of %j holds that and the object type, nothing else', async (patch, fields) => {
    const server = await serve(theOneAsked);
    await connect(server).customers.byId('c').users.byId('u').patch(patch);
    expect(JSON.parse(server.received[0]?.body ?? '')).toEqual({
      ...fields,
      attributes: { objectType: 'CustomerUser' },
    });
  });

  it('escapes what a password may hold', async () => {
    const server = await serve(theOneAsked);
    const password = 'CANARY "\\/{}<>&é ';
    await connect(server)
      .customers.byId('c')
      .users.byId('u')
      .resetPassword({ password: new Secret(password), forceChangePassword: true });
    expect(JSON.parse(server.received[0]?.body ?? '')).toMatchObject({ passwordProfile: { password } });
  });
});

describe('an argument that cannot be sent', () => {
  const partner = connect({ baseUrl: 'https://partner.invalid' });

  it.each(['', ' '])('is the id %j', (id) => {
    expect(() => partner.customers.byId(id)).toThrow('customerId must be set.');
    expect(() => partner.customers.byId('c').users.byId(id)).toThrow('userId must be set.');
  });

  it.each(['.', '..', '\uD800'])('is the id %j, which would be no segment of its own', (id) => {
    expect(() => partner.customers.byId(id)).toThrow('one segment');
    expect(() => partner.customers.byId('c').users.byId(id)).toThrow('one segment');
  });

  it.each(['x', '', 'b1317092-f087-471e-a637-f66523b2b94c\r\nX: y'])(
    'is the request or correlation id %j',
    async (id) => {
      expect(() => partner.with({ correlationId: id })).toThrow('correlationId must be a GUID.');
      expect(() => partner.with({ requestId: id })).toThrow('requestId must be a GUID.');
      const patch = partner.customers.byId('c').users.byId('u').patch({ displayName: 'x' }, { requestId: id });
      await expect(patch).rejects.toMatchObject({ code: 'invalid-argument', effect: 'none', tries: 0 });
    },
  );

  it.each(['a\r\nb', 'ü', ''])('is the locale or application name %j', (text) => {
    expect(() => partner.with({ locale: text })).toThrow('locale must be plain ASCII text.');
    expect(() => connect({ baseUrl: 'https://partner.invalid' }, { applicationName: text })).toThrow('applicationName');
  });

  it.each([
    undefined,
    null,
    {},
    { forceChangePassword: true },
    { password: undefined, forceChangePassword: true },
    { password: 'CANARY-plain', forceChangePassword: true },
    { password: new Secret('CANARY'), forceChangePassword: false },
    { password: new Secret('CANARY') },
  ])('is the password profile %j', async (profile) => {
    const wrong: PasswordProfile = Object(profile) === profile ? Object(profile) : JSON.parse('null');
    const reset = partner.customers.byId('c').users.byId('u').resetPassword(wrong);
    await expect(reset).rejects.toMatchObject({ code: 'invalid-argument', effect: 'none', tries: 0 });
  });

  it.each([
    'http://api.partnercenter.microsoft.com',
    'http://127.0.0.1.evil.example',
    'https://user:password@api.partnercenter.microsoft.com',
    'https://api.partnercenter.microsoft.com?x=1',
    'https://api.partnercenter.microsoft.com#x',
    'file:///etc',
    'api.partnercenter.microsoft.com',
    '',
  ])('is the base address %j', (baseUrl) => {
    const credentials = { getToken: () => Promise.resolve(new Secret('token')) };
    expect(() => createPartner({ credentials, baseUrl })).toThrow('baseUrl must be an https address');
  });

  it('does not compile where a password is no Secret or need not be changed', () => {
    const user = partner.customers.byId('c').users.byId('u');
    // @ts-expect-error a string is no Secret
    const plain = (): Promise<unknown> => user.resetPassword({ password: 'CANARY', forceChangePassword: true });
    // @ts-expect-error forceChangePassword must be there
    const kept = (): Promise<unknown> => user.resetPassword({ password: new Secret('CANARY') });
    expect([plain, kept]).toHaveLength(2);
  });
});

const serveRaw = rawServing();
const profile = { password: new Secret('CANARY-settling-1'), forceChangePassword: true } as const;
const fresh = { freshConnection: true } as const;

function userOf(partner: AggregatePartner): CustomerUserOperations {
  return partner.customers.byId('c').users.byId('u');
}

describe('a write with a fresh connection', () => {
  it.each(['Upgrade: x\r\nConnection: Upgrade', 'Content-Length: 0'])(
    'is unknown-result where the answer is 101 with %j',
    async (headers) => {
      const server = await serveRaw(`HTTP/1.1 101 Switching Protocols\r\n${headers}\r\n\r\n`);
      const clock = createFakeClock();
      const reset = userOf(connect(server, { clock })).resetPassword(profile, fresh);
      const passing = setInterval(() => {
        clock.pass(2_000_000);
      }, 300);
      await expect(reset).rejects.toMatchObject({ code: 'unknown-result', tries: 1 });
      clearInterval(passing);
    },
  );

  it.each([
    ['204', 'HTTP/1.1 204 X\r\n\r\n'],
    ['205', 'HTTP/1.1 205 X\r\nContent-Length: 5\r\n\r\n'],
    ['304', 'HTTP/1.1 304 X\r\n\r\n'],
  ])('leaves no connection open after %s', async (_status, answer) => {
    const server = await serveRaw(answer);
    await Promise.allSettled([userOf(connect(server)).resetPassword(profile, fresh)]);
    const end = Date.now() + 1000;
    while (server.open() > 0 && Date.now() < end) {
      await setImmediate();
    }
    expect(server.open()).toBe(0);
  });

  it('is not taken for an unknown address where a 404 is compressed and cannot be read', async () => {
    const body = gzipSync(JSON.stringify({ code: 60002 }));
    const head = `HTTP/1.1 404 X\r\nContent-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`;
    const server = await serveRaw(Buffer.concat([Buffer.from(head), body]));
    const user = userOf(connect(server));
    await expect(user.resetPassword(profile, fresh)).rejects.toMatchObject({ code: 'not-found', effect: 'none' });
  });

  it('is unknown-result where a compressed 200 cannot be read: that proves nothing', async () => {
    const body = gzipSync('{"id":"u"}');
    const head = `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`;
    const server = await serveRaw(Buffer.concat([Buffer.from(head), body]));
    const reset = userOf(connect(server)).resetPassword(profile, fresh);
    await expect(reset).rejects.toMatchObject({ code: 'unknown-result', effect: 'unknown' });
  });

  it('goes out in a process that is busy all the time', async () => {
    const server = await serve({ json: { id: 'u' } });
    let stop = false;
    const beBusy = (): void => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 25);
      if (!stop) {
        globalThis.setImmediate(beBusy);
      }
    };
    beBusy();
    const reset = userOf(connect(server)).resetPassword(profile, { ...fresh, signal: AbortSignal.timeout(4000) });
    const [settled] = await Promise.allSettled([reset]);
    stop = true;
    expect(settled).toMatchObject({ status: 'fulfilled', value: { httpStatus: 200 } });
  });
});

describe('a fetch that does not mind its signal', () => {
  it.each(['never answers', 'never ends its body'])(
    'and %s ends with the limit',
    async (how) => {
      const clock = createFakeClock();
      const fetch = (): Promise<Response> => {
        globalThis.setImmediate(() => {
          clock.pass(2_000_000);
        });
        return how === 'never answers' ? new Promise(() => {}) : Promise.resolve(new Response(new ReadableStream()));
      };
      const user = userOf(connect({ baseUrl: 'https://partner.invalid' }, { clock, fetch }));
      const [read, write] = await Promise.allSettled([user.get(), user.resetPassword(profile)]);
      expect(read).toMatchObject({ reason: { code: 'timed-out', effect: 'none' } });
      expect(write).toMatchObject({ reason: { code: 'unknown-result', effect: 'unknown' } });
    },
    3000,
  );
});

describe('a call that was aborted before', () => {
  it('asks for no token', async () => {
    let asked = 0;
    const getToken = (): Promise<Secret> => {
      asked += 1;
      return Promise.resolve(new Secret('token'));
    };
    const user = userOf(connect({ baseUrl: 'https://partner.invalid' }, { credentials: { getToken } }));
    await expect(user.get({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
    expect(asked).toBe(0);
  });

  it('asks for no fresh token where it was aborted while a 401 came in', async () => {
    const stop = new AbortController();
    const asked: (boolean | undefined)[] = [];
    const credentials = {
      getToken: (options?: { readonly fresh?: boolean }): Promise<Secret> => {
        asked.push(options?.fresh);
        return Promise.resolve(new Secret('token'));
      },
    };
    const body = new ReadableStream({
      pull() {
        stop.abort();
      },
    });
    const fetch = (): Promise<Response> => Promise.resolve(new Response(body, { status: 401 }));
    const user = userOf(connect({ baseUrl: 'https://partner.invalid' }, { credentials, fetch }));
    await expect(user.resetPassword(profile, { signal: stop.signal })).rejects.toMatchObject({ effect: 'none' });
    expect(asked).toEqual([false]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { AggregatePartner, CustomerUserOperations } from '../../src/partner-center/index.ts';
import { Secret } from '../../src/secret.ts';
import { connect } from './connect.ts';
import { createFakeClock } from './create-fake-clock.ts';
import { rawServing } from './raw-serving.ts';
import { serving } from './serving.ts';

const serve = serving();
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

  it('is a success where a compressed 200 cannot be read', async () => {
    const body = gzipSync('{"id":"u"}');
    const head = `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`;
    const server = await serveRaw(Buffer.concat([Buffer.from(head), body]));
    const receipt = await userOf(connect(server)).resetPassword(profile, fresh);
    expect(receipt).toMatchObject({ httpStatus: 200, user: undefined });
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
      expect(write).toMatchObject(
        how === 'never answers'
          ? { reason: { code: 'unknown-result' } }
          : { value: { httpStatus: 200, user: undefined } },
      );
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

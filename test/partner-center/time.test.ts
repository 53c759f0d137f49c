import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/secret.ts';
import { connect } from './connect.ts';
import { createFakeClock } from './create-fake-clock.ts';
import { serving } from './serving.ts';

const serve = serving();
const profile = { password: new Secret('CANARY-time-1'), forceChangePassword: true } as const;
const customer = { json: { id: 'c' } };

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
    await expect(user.resetPassword(profile)).rejects.toMatchObject({ code: 'timed-out', effect: 'none', tries: 0 });
    expect(server.received).toEqual([]);
  });
});

describe('the signal', () => {
  it('sends nothing where it was aborted before', async () => {
    const server = await serve(customer);
    const user = connect(server).customers.byId('c').users.byId('u');
    const signal = AbortSignal.abort();
    await expect(user.resetPassword(profile, { signal })).rejects.toMatchObject({ code: 'cancelled', effect: 'none' });
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

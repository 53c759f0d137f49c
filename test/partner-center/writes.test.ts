import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/secret.ts';
import { connect } from './connect.ts';
import { serving } from './serving.ts';

const serve = serving();
const profile = { password: new Secret('CANARY-writes-1'), forceChangePassword: true } as const;

describe('a write without a definite answer', () => {
  it.each([408, 500, 502, 503, 504, 599])('is unknown-result after %i', async (status) => {
    const server = await serve({ status, json: { code: 800003 } });
    const reset = connect(server).customers.byId('customer').users.byId('user').resetPassword(profile);
    await expect(reset).rejects.toMatchObject({
      code: 'unknown-result',
      effect: 'unknown',
      httpStatus: status,
      tries: 1,
    });
  });

  it('is unknown-result where the connection breaks', async () => {
    const server = await serve((response) => {
      response.destroy();
    });
    const reset = connect(server).customers.byId('customer').users.byId('user').resetPassword(profile);
    await expect(reset).rejects.toMatchObject({ code: 'unknown-result', effect: 'unknown', httpStatus: undefined });
  });

  it.each([301, 302, 307, 308])('is unknown-result after %i, and the redirect is not followed', async (status) => {
    const elsewhere = await serve({});
    const server = await serve({ status, headers: { Location: `${elsewhere.baseUrl}/v1/customers` } });
    const user = connect(server).customers.byId('customer').users.byId('user');
    await expect(user.resetPassword(profile)).rejects.toMatchObject({ code: 'unknown-result' });
    await expect(user.resetPassword(profile, { freshConnection: true })).rejects.toMatchObject({
      code: 'unknown-result',
    });
    await expect(user.get()).rejects.toMatchObject({ code: 'redirected', httpStatus: status });
    expect(elsewhere.received).toEqual([]);
  });
});

describe('a write that certainly was not tried', () => {
  it('is throttled after 429', async () => {
    const server = await serve({
      status: 429,
      headers: { 'Retry-After': '57' },
      json: { statusCode: 429, message: 'm' },
    });
    const reset = connect(server).customers.byId('customer').users.byId('user').resetPassword(profile);
    await expect(reset).rejects.toMatchObject({ code: 'throttled', effect: 'none', retryAfterMilliseconds: 57_000 });
  });

  it.each([true, false])('is not-connected where nobody listens (fresh connection: %s)', async (freshConnection) => {
    const server = await serve({});
    await server.stop();
    const reset = connect(server)
      .customers.byId('customer')
      .users.byId('user')
      .resetPassword(profile, { freshConnection });
    await expect(reset).rejects.toMatchObject({ code: 'not-connected', effect: 'none' });
  });

  it.each([true, false])(
    'is not-connected where there is no such host (fresh connection: %s)',
    async (freshConnection) => {
      const partner = connect({ baseUrl: 'https://partner.invalid' });
      const reset = partner.customers.byId('customer').users.byId('user').resetPassword(profile, { freshConnection });
      await expect(reset).rejects.toMatchObject({ code: 'not-connected', effect: 'none' });
    },
  );

  it('is sign-in-failed where there is no token, with the short code of the reason and nothing else of it', async () => {
    const server = await serve({});
    const getToken = (): Promise<Secret> =>
      Promise.reject(Object.assign(new Error('token-CANARY'), { code: 'consent_needed' }));
    const reset = connect(server, { credentials: { getToken } })
      .customers.byId('c')
      .users.byId('u')
      .resetPassword(profile);
    await expect(reset).rejects.toMatchObject({
      code: 'sign-in-failed',
      signInCode: 'consent_needed',
      tries: 0,
      effect: 'none',
    });
    expect(server.received).toEqual([]);
  });

  it('is sign-in-failed where the token has a line break in it', async () => {
    const server = await serve({});
    const getToken = (): Promise<Secret> => Promise.resolve(new Secret('token\r\nX-Evil: CANARY'));
    const read = connect(server, { credentials: { getToken } }).customers.byId('c').get();
    await expect(read).rejects.toMatchObject({ code: 'sign-in-failed', signInCode: undefined, tries: 0 });
    expect(server.received).toEqual([]);
  });
});

describe('a write that was applied', () => {
  it.each(['', 'no json', '{"id":', '[]', '{}', '<html>', '{"id":7}'])(
    'is a success where its body is %j',
    async (text) => {
      const server = await serve({ text });
      const receipt = await connect(server).customers.byId('customer').users.byId('user').resetPassword(profile);
      expect(receipt).toMatchObject({ httpStatus: 200, user: undefined, tries: 1 });
    },
  );

  it.each([true, false])('is a success where its body breaks off (fresh connection: %s)', async (freshConnection) => {
    const server = await serve((response) => {
      response.writeHead(200, { 'Content-Length': '1000' });
      response.write('{"id":"x', () => response.destroy());
    });
    const user = connect(server).customers.byId('customer').users.byId('user');
    const receipt = await user.resetPassword(profile, { freshConnection });
    expect(receipt).toMatchObject({ httpStatus: 200, user: undefined });
  });

  it.each([201, 202, 204])('is a success with %i', async (status) => {
    const server = await serve((response) => {
      response.writeHead(status);
      response.end();
    });
    const user = connect(server).customers.byId('customer').users.byId('user');
    expect(await user.resetPassword(profile, { freshConnection: true })).toMatchObject({ httpStatus: status });
    expect(await user.patch({ displayName: 'x' })).toMatchObject({ httpStatus: status });
  });
});

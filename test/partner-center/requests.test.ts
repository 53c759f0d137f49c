import { describe, expect, it } from '@jest/globals';
import { createPartner } from '../../src/partner-center/index.ts';
import type { CustomerUserPatch, PasswordProfile } from '../../src/partner-center/index.ts';
import { Secret } from '../../src/secret.ts';
import { connect } from './connect.ts';
import { serving } from './serving.ts';

const serve = serving();
const requestId = 'b1317092-f087-471e-a637-f66523b2b94c';
const correlationId = '8a53b025-d5be-4d98-ab20-229d1813de76';
const customer = { json: { id: 'c' } };

describe('a request', () => {
  it('carries what was set for all calls and nothing that was not', async () => {
    const server = await serve(customer);
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
    const server = await serve(customer);
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
    const server = await serve(customer);
    const scoped = connect(server).with({});
    await scoped.customers.byId('c').get();
    await scoped.customers.byId('c').get();
    expect(new Set(server.received.map(({ headers }) => headers['ms-correlationid'])).size).toBe(1);
  });

  it('keeps connections alive', async () => {
    const server = await serve(customer);
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
    const server = await serve(customer);
    await connect(server).customers.byId('c').users.byId(id).get();
    expect(server.received[0]?.url).toBe(`/v1/customers/c/users/${segment}`);
  });

  it('goes below a base address with a path of its own', async () => {
    const server = await serve(customer);
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
    const server = await serve(customer);
    await connect(server).customers.byId('c').users.byId('u').patch(patch);
    expect(JSON.parse(server.received[0]?.body ?? '')).toEqual({
      ...fields,
      attributes: { objectType: 'CustomerUser' },
    });
  });

  it('escapes what a password may hold', async () => {
    const server = await serve(customer);
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

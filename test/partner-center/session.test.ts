import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import { connect } from './connect.ts';
import getCustomer from './examples/get-customer.response.json' with { type: 'json' };
import getUserRoles from './examples/get-user-roles.response.json' with { type: 'json' };
import listCustomers from './examples/list-customers.response.json' with { type: 'json' };
import listUsers from './examples/list-users.response.json' with { type: 'json' };
import resetRequest from './examples/reset-user-password.request.json' with { type: 'json' };
import resetResponse from './examples/reset-user-password.response.json' with { type: 'json' };
import { serving } from './start-strict-server.ts';

const customerId = 'eebd1b55-5360-4438-a11d-5c06918c3014';
const userId = '95794928-9abe-4548-8b43-50ffc20b9404';
const requestId = 'b1317092-f087-471e-a637-f66523b2b94c';
const correlationId = '8a53b025-d5be-4d98-ab20-229d1813de76';

const serve = serving();

describe('reading', () => {
  it('reads one customer as the documentation shows it', async () => {
    const server = await serve({ json: getCustomer.body });
    const customer = await connect(server).customers.byId(customerId).get();
    expect(customer).toEqual({
      id: customerId,
      companyProfile: { tenantId: customerId, domain: 'abcdefgh1234.ccsctp.net', companyName: '1kl as kjk' },
      relationshipToPartner: 'reseller',
      allowDelegatedAccess: true,
      customDomains: ['abcdefgh1234.ccsctp.net'],
    });
    expect(server.received).toMatchObject([{ method: 'GET', url: `/v1/customers/${customerId}` }]);
  });

  it('reads the customers as the documentation shows them, 500 a page where nothing is said', async () => {
    const server = await serve({ json: listCustomers.body });
    const customers = await Array.fromAsync(connect(server).customers.query());
    expect(customers.map((customer) => customer.id)).toEqual(listCustomers.body.items.map((item) => item.id));
    expect(server.received).toMatchObject([{ url: '/v1/customers?size=500' }]);
  });

  it('reads the users as the documentation shows them', async () => {
    const server = await serve({ json: listUsers.body });
    const users = await Array.fromAsync(connect(server).customers.byId(customerId).users.query());
    expect(users.map((user) => user.displayName)).toEqual(['Daniel Tsai', 'DT Demo CSP Customer 005']);
    expect(server.received).toMatchObject([{ url: `/v1/customers/${customerId}/users?size=500` }]);
  });

  it('reads the roles of a user as the documentation shows them', async () => {
    const server = await serve({ json: getUserRoles.body });
    const roles = await connect(server).customers.byId(customerId).users.byId(userId).directoryRoles.get();
    expect(roles).toEqual([
      { id: '729827e3-9c14-49f7-bb1b-9608f156bbb8', name: 'Helpdesk Administrator' },
      { id: 'fe930be7-5e62-47db-91af-98c3a49a38b1', name: 'User Account Administrator' },
    ]);
    expect(server.received).toMatchObject([{ url: `/v1/customers/${customerId}/users/${userId}/directoryroles` }]);
  });
});

describe('resetting a password', () => {
  const profile = {
    password: new Secret(resetRequest.body.passwordProfile.password),
    forceChangePassword: true,
  } as const;

  it('sends the documented request to today’s address and drops the password that the answer repeats', async () => {
    const server = await serve({ json: resetResponse.body });
    const partner = connect(server).with({ correlationId });
    const receipt = await partner.customers.byId(customerId).users.byId(userId).resetPassword(profile, { requestId });
    expect(server.received).toMatchObject([
      {
        method: 'PATCH',
        url: `/v1/customers/${customerId}/users/${userId}/resetpassword`,
        headers: { 'ms-requestid': requestId, 'ms-correlationid': correlationId },
        body: JSON.stringify(resetRequest.body),
      },
    ]);
    expect(receipt).toMatchObject({ httpStatus: 200, requestId, correlationId, tries: 1, user: { id: userId } });
    expect(JSON.stringify(receipt)).not.toContain(resetRequest.body.passwordProfile.password);
  });

  it('sends the same body to the older address', async () => {
    const server = await serve({ json: resetResponse.body });
    await connect(server).customers.byId(customerId).users.byId(userId).patch({ passwordProfile: profile });
    expect(server.received).toMatchObject([
      { method: 'PATCH', url: `/v1/customers/${customerId}/users/${userId}`, body: JSON.stringify(resetRequest.body) },
    ]);
  });
});

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

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

describe('a write that was answered with 2xx', () => {
  const customer = '4d3cf487-70f4-4e1e-9ff1-b2bfce8d9f04';
  const id = 'a9ef48bb-8758-4590-a312-d4a47bfaded4';
  const html = { 'Content-Type': 'text/html; charset=utf-8' };
  const user = { id, displayName: 'Daniel Tsai', passwordProfile: { password: 'CANARY-writes-1' } };
  const page = '<!DOCTYPE html><html><title>Sign in to your account</title></html>';

  it.each<[string, { headers?: Record<string, string>; text: string }]>([
    ['the page of a sign-in', { headers: html, text: page }],
    ['the page of a proxy that calls itself JSON', { text: page }],
    ['a page in XML', { headers: { 'Content-Type': 'application/xml' }, text: '<user><id>1</id></user>' }],
    ['the user in a body that calls itself a page', { headers: html, text: JSON.stringify(user) }],
    ['the user in plain text', { headers: { 'Content-Type': 'text/plain' }, text: JSON.stringify(user) }],
    ['nothing', { text: '' }],
    ['no JSON', { text: 'OK' }],
    ['half an object', { text: '{"id":' }],
    ['an empty object', { text: '{}' }],
    ['a list of the user', { text: JSON.stringify([user]) }],
    ['a page of users', { text: JSON.stringify({ totalCount: 1, items: [user] }) }],
    ['a number for an id', { text: '{"id":7}' }],
    ['another user', { text: JSON.stringify({ ...user, id: customer }) }],
    ['an error of the gateway', { text: JSON.stringify({ statusCode: 200, message: 'Accepted' }) }],
  ])('is unknown-result where the answer is %s, and is sent once', async (_what, reply) => {
    const server = await serve(reply);
    for (const freshConnection of [true, false]) {
      const write = connect(server).customers.byId(customer).users.byId(id);
      await expect(write.resetPassword(profile, { freshConnection })).rejects.toMatchObject({
        code: 'unknown-result',
        effect: 'unknown',
        httpStatus: 200,
        tries: 1,
      });
    }
    expect(server.received).toHaveLength(2);
  });

  it.each([true, false])('is unknown-result where its body breaks off (fresh connection: %s)', async (fresh) => {
    const server = await serve((response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
      response.write(`{"id":"${id}"`, () => response.destroy());
    });
    const write = connect(server).customers.byId(customer).users.byId(id);
    const reset = write.resetPassword(profile, { freshConnection: fresh });
    await expect(reset).rejects.toMatchObject({ code: 'unknown-result', effect: 'unknown', tries: 1 });
  });

  it.each([201, 202, 204])('is unknown-result with %i and no user', async (status) => {
    const server = await serve((response) => {
      response.writeHead(status);
      response.end();
    });
    const write = connect(server).customers.byId(customer).users.byId(id);
    const unknown = { code: 'unknown-result', effect: 'unknown', httpStatus: status };
    await expect(write.resetPassword(profile, { freshConnection: true })).rejects.toMatchObject(unknown);
    await expect(write.patch({ displayName: 'x' })).rejects.toMatchObject(unknown);
  });

  it.each<[string, Record<string, string>, string]>([
    ['with a parameter in its type', { 'Content-Type': 'application/json; odata.metadata=minimal' }, id],
    ['with the type of a variant of JSON', { 'Content-Type': 'application/vnd.partner+json' }, id],
    ['with the id in capital letters', {}, id.toUpperCase()],
  ])('is applied where the answer is the user, %s', async (_how, headers, answered) => {
    const server = await serve({ headers, json: { ...user, id: answered } });
    const write = connect(server).customers.byId(customer).users.byId(id);
    const receipt = await write.resetPassword(profile, { freshConnection: true });
    expect(receipt).toMatchObject({ httpStatus: 200, tries: 1, user: { id: answered } });
    expect(JSON.stringify(receipt)).not.toContain('CANARY');
  });

  it('is applied where the answer has no type and is the user', async () => {
    const server = await serve((response) => {
      response.end(JSON.stringify(user));
    });
    const write = connect(server).customers.byId(customer).users.byId(id);
    expect(await write.resetPassword(profile, { freshConnection: true })).toMatchObject({ user: { id } });
  });
});

describe('a write that was refused by something in between', () => {
  it.each([401, 403, 404, 405, 451, 501])(
    'is unknown-result after a page with %i, and is not sent again',
    async (status) => {
      const html = { 'Content-Type': 'text/html' };
      const server = await serve({ status, headers: html, text: '<html><h1>Blocked by your gateway</h1></html>' });
      const reset = connect(server).customers.byId('customer').users.byId('user').resetPassword(profile);
      await expect(reset).rejects.toMatchObject({ code: 'unknown-result', effect: 'unknown', httpStatus: status });
      expect(server.received).toHaveLength(1);
    },
  );

  it('is throttled after a page with 429, which says that it was not tried', async () => {
    const server = await serve({ status: 429, headers: { 'Content-Type': 'text/html' }, text: '<html></html>' });
    const reset = connect(server).customers.byId('customer').users.byId('user').resetPassword(profile);
    await expect(reset).rejects.toMatchObject({ code: 'throttled', effect: 'none' });
  });
});

describe('a read that was answered with 2xx', () => {
  const html = { 'Content-Type': 'text/html' };
  const page = '<!DOCTYPE html><html><title>Sign in</title></html>';
  const reads: readonly [string, (partner: ReturnType<typeof connect>) => Promise<unknown>][] = [
    ['customers', ({ customers }) => Array.fromAsync(customers.query())],
    ['one customer', ({ customers }) => customers.byId(customerId).get()],
    ['users', ({ customers }) => Array.fromAsync(customers.byId(customerId).users.query())],
    ['one user', ({ customers }) => customers.byId(customerId).users.byId(userId).get()],
    ['roles', ({ customers }) => customers.byId(customerId).users.byId(userId).directoryRoles.get()],
  ];

  it.each(reads)('is foreign-answer for %s where it is a page, and is not tried again', async (_what, read) => {
    for (const reply of [{ headers: html, text: page }, { text: page }, { headers: html, text: '{}' }]) {
      const server = await serve(reply);
      const failure = { code: 'foreign-answer', effect: 'none', httpStatus: 200, tries: 1 };
      await expect(read(connect(server))).rejects.toMatchObject(failure);
      expect(server.received).toHaveLength(1);
    }
  });

  it.each(reads)('is unreadable-answer for %s where it is empty or of another shape', async (what, read) => {
    const asList = [{ id: what === 'one customer' ? customerId : userId }];
    for (const text of ['', 'null', '{}', '"x"', JSON.stringify(asList), JSON.stringify({ items: {} })]) {
      const server = await serve({ text });
      await expect(read(connect(server))).rejects.toMatchObject({
        code: 'unreadable-answer',
        effect: 'none',
        tries: 1,
      });
    }
  });

  it('is unreadable-answer where it is another user or customer than the one that was asked for', async () => {
    const server = await serve({ json: { id: '11111111-2222-4333-8444-555555555555' } });
    const customer = connect(server).customers.byId(customerId);
    await expect(customer.get()).rejects.toMatchObject({ code: 'unreadable-answer' });
    await expect(customer.users.byId(userId).get()).rejects.toMatchObject({ code: 'unreadable-answer' });
  });
});

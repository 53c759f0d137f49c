import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/secret.ts';
import { readAll } from '../../src/partner-center/read-all.ts';
import { connect } from './connect.ts';
import getCustomer from './examples/get-customer.response.json' with { type: 'json' };
import getUserRoles from './examples/get-user-roles.response.json' with { type: 'json' };
import listCustomers from './examples/list-customers.response.json' with { type: 'json' };
import listUsers from './examples/list-users.response.json' with { type: 'json' };
import resetRequest from './examples/reset-user-password.request.json' with { type: 'json' };
import resetResponse from './examples/reset-user-password.response.json' with { type: 'json' };
import { serving } from './serving.ts';

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
    const customers = await readAll(connect(server).customers.query());
    expect(customers.map((customer) => customer.id)).toEqual(listCustomers.body.items.map((item) => item.id));
    expect(server.received).toMatchObject([{ url: '/v1/customers?size=500' }]);
  });

  it('reads the users as the documentation shows them', async () => {
    const server = await serve({ json: listUsers.body });
    const users = await readAll(connect(server).customers.byId(customerId).users.query());
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

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret, systemClock } from '../../../src/base/index.ts';
import { createGraph, type Graph, type GraphUserOperations } from '../../../src/graph/index.ts';
import { createPretendGraph, type PretendGraph } from '../../../src/sandbox/graph/pretend-graph.ts';
import { createPretendPartnerCenter, findPerson } from '../../../src/sandbox/partner-center/index.ts';
import { createMovableClock } from '../../support/movable-clock.ts';

const clock = createMovableClock();
const partnerCenter = createPretendPartnerCenter({ clock });
const { data } = partnerCenter;
let pretend: PretendGraph;
let url: string;
let graph: Graph;

beforeAll(async () => {
  pretend = createPretendGraph({ ...partnerCenter, clock });
  ({ url } = await pretend.listen());
});

afterAll(async () => {
  await pretend.close();
});

beforeEach(() => {
  pretend.faults.clear();
  graph = createGraph({
    baseUrl: url,
    tokenFor: (tenantId) => Promise.resolve({ kind: 'token', token: new Secret(`sandbox.${tenantId}`) }),
    fetch,
    clock: systemClock,
    random: () => 0,
    newId: () => '8e0f5a7b-91c4-4b3d-a6e2-7f1c2d9b5e40',
  });
});

const contoso = 'contosobikes.onmicrosoft.com';
const northwind = 'northwindtraders.onmicrosoft.com';
const northwindEu = 'northwindtraders-eu.onmicrosoft.com';

function at(nickname: string, domain = contoso): GraphUserOperations {
  const { customer, user } = findPerson(data, `${nickname}@${domain}`);
  return graph.tenant(customer.id).users.byId(user.id);
}

function tenantOf(domain: string): string {
  return data.customers.find((customer) => customer.domain === domain)?.id ?? '';
}

async function request(path: string, headers: Record<string, string> = {}): Promise<Response> {
  const authorization = `Bearer sandbox.${tenantOf(contoso)}`;
  return fetch(`${url}/v1.0${path}`, { headers: { authorization, ...headers } });
}

describe('the people of the pretend Graph', () => {
  it.each([
    ['adele.vance', { accountEnabled: true, onPremisesSyncEnabled: false, isManagementRestricted: false }],
    ['enrico.cattaneo', { accountEnabled: false }],
    ['diego.siciliani', { onPremisesSyncEnabled: true }],
    ['henrietta.mueller', { isManagementRestricted: true }],
    ['lee.gu_fabrikam.example#EXT#', { userType: 'Guest' }],
  ])('show each case of a property: %s', async (nickname, facts) => {
    const select = ['accountEnabled', 'onPremisesSyncEnabled', 'isManagementRestricted', 'userType'] as const;
    expect(await at(nickname).get({ select })).toMatchObject(facts);
  });

  it('show a password that was changed a moment ago', async () => {
    const { lastPasswordChangeDateTime = 0 } = await at('miriam.graham').get({
      select: ['lastPasswordChangeDateTime'],
    });
    expect(clock.now() - lastPasswordChangeDateTime).toBeLessThan(25 * 60_000);
  });

  it('show a role by a group over several pages, one of them empty', async () => {
    const memberships = await at('lidia.holloway').transitiveMemberOf();
    expect(memberships).toContainEqual(expect.objectContaining({ kind: 'group', isAssignableToRole: true }));
    expect(memberships).toContainEqual(
      expect.objectContaining({ kind: 'directory-role', roleTemplateId: '62e90394-69f5-4237-9190-012177145e10' }),
    );
    expect((await at('adele.vance').transitiveMemberOf()).some(({ kind }) => kind === 'directory-role')).toBe(false);
  });

  it('show a role that can be activated', async () => {
    const { customer, user } = findPerson(data, `pradeep.gupta@${contoso}`);
    expect(await graph.tenant(customer.id).roleManagement.eligibleRoles(user.id)).toMatchObject([
      { roleTemplateId: '62e90394-69f5-4237-9190-012177145e10', principalId: user.id, scope: '/' },
    ]);
  });

  it('show a role that can be activated by a group, which itself has no role', async () => {
    const memberships = await at('irvin.sayers').transitiveMemberOf();
    expect(memberships.map(({ kind }) => kind)).not.toContain('directory-role');
    const group = memberships.find((one) => one.kind === 'group' && one.isAssignableToRole);
    const { roleManagement } = graph.tenant(tenantOf(contoso));
    const roles = await roleManagement.eligibleRoles(group?.kind === 'group' ? group.id : '');
    expect(roles).toMatchObject([{ roleTemplateId: '62e90394-69f5-4237-9190-012177145e10' }]);
    const { user } = findPerson(data, `irvin.sayers@${contoso}`);
    expect(await roleManagement.eligibleRoles(user.id)).toEqual([]);
  });

  it('show methods and numbers on file', async () => {
    const methods = await at('adele.vance').authentication.methods();
    expect(methods.map(({ kind }) => kind)).toEqual(['password', 'phone', 'authenticator']);
    const { mobilePhone, businessPhones } = await at('adele.vance').get({ select: ['mobilePhone', 'businessPhones'] });
    expect([mobilePhone, ...businessPhones]).toEqual([expect.stringMatching(/^\+1/), expect.stringMatching(/^\+1/)]);
  });

  it('are those of the tenant of the token, and of no other', async () => {
    const { user } = findPerson(data, `adele.vance@${contoso}`);
    const read = graph.tenant(tenantOf(northwind)).users.byId(user.id).get({ select: [] });
    await expect(read).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the pretend Graph refuses', () => {
  it('at a customer without consent, and one refusal keeps no other call from being asked', async () => {
    const read = () => at('nestor.wilke', 'wideworldimporters.onmicrosoft.com').get({ select: [] });
    const before = pretend.calls.length;
    await expect(read()).rejects.toMatchObject({ code: 'not-consented', httpStatus: 401, tries: 1 });
    await expect(read()).rejects.toMatchObject({ code: 'not-consented', tries: 1 });
    expect(pretend.calls.length - before).toBe(2);
  });

  it('a scope that is missing in the consent', async () => {
    await expect(at('grady.archie', northwindEu).authentication.methods()).rejects.toMatchObject({ code: 'forbidden' });
    // Without GroupMember.Read.All a group is listed, and nothing is told of it.
    expect(await at('grady.archie', northwindEu).transitiveMemberOf()).toContainEqual({ kind: 'hidden' });
  });

  it('eligible roles without the licence', async () => {
    const { customer, user } = findPerson(data, `isaiah.langer@${northwind}`);
    const read = graph.tenant(customer.id).roleManagement.eligibleRoles(user.id);
    await expect(read).rejects.toMatchObject({ code: 'unlicensed' });
  });

  it.each([
    ['a token of no tenant', '/users/x', { authorization: 'Bearer sandbox' }, 401, 'InvalidAuthenticationToken'],
    ['an unknown property', '/users/{adele}?$select=id,shoeSize', {}, 400, 'Request_BadRequest'],
    [
      'a cast without the header',
      '/users/{adele}/transitiveMemberOf/microsoft.graph.group',
      {},
      400,
      'Request_UnsupportedQuery',
    ],
    ['a search without the header', '/users?$search="displayName:x"', {}, 400, 'Request_UnsupportedQuery'],
    ['an id of a call that is none', '/users/{adele}', { 'client-request-id': 'x' }, 400, 'Request_BadRequest'],
  ])('%s', async (_, path, headers, status, code) => {
    const { user } = findPerson(data, `adele.vance@${contoso}`);
    const response = await request(path.replace('{adele}', user.id), headers);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code } });
  });

  it('takes a cast with the header and the count', async () => {
    const { user } = findPerson(data, `lidia.holloway@${contoso}`);
    const path = `/users/${user.id}/transitiveMemberOf/microsoft.graph.directoryRole?$count=true`;
    expect((await request(path, { ConsistencyLevel: 'eventual' })).status).toBe(200);
  });
});

describe('a reset through the pretend Graph', () => {
  const password = new Secret('Maple-harbor-tulip-27');

  it('counts when its operation has succeeded, not when it is taken', async () => {
    const { customer, user } = findPerson(data, `diego.siciliani@${contoso}`);
    const { passwordMethod } = at('diego.siciliani').authentication;
    const { location } = await passwordMethod.resetPassword(password);
    const states: string[] = [];
    for (let look = 0; look < 3; look += 1) {
      expect(partnerCenter.passwordMatches(customer.id, user.id, password)).toBe(false);
      states.push((await passwordMethod.operation(location)).status);
    }
    expect(states).toEqual(['running', 'running', 'succeeded']);
    expect(partnerCenter.passwordMatches(customer.id, user.id, password)).toBe(true);
    expect(await passwordMethod.operation(location)).toEqual({ status: 'succeeded', detail: 'ResetSuccess' });
    expect(partnerCenter.resetCount(customer.id, user.id)).toBe(1);
    const { lastPasswordChangeDateTime = 0 } = await at('diego.siciliani').get({
      select: ['lastPasswordChangeDateTime'],
    });
    expect(clock.now() - lastPasswordChangeDateTime).toBeLessThan(60_000);
  });

  it('can fail after it was taken', async () => {
    const { customer, user } = findPerson(data, `adele.vance@${contoso}`);
    pretend.faults.next({ method: 'POST', fault: { kind: 'operation-fails', detail: 'OnPremisesPolicy' } });
    const { passwordMethod } = at('adele.vance').authentication;
    const { location } = await passwordMethod.resetPassword(password);
    await passwordMethod.operation(location);
    await passwordMethod.operation(location);
    expect(await passwordMethod.operation(location)).toEqual({ status: 'failed', detail: 'OnPremisesPolicy' });
    expect(partnerCenter.resetCount(customer.id, user.id)).toBe(0);
  });

  it.each([
    ['henrietta.mueller', password, 'restricted-management'],
    ['adele.vance', new Secret('Adele-vance-27'), 'password-refused'],
    ['johanna.lorenz', password, 'bad-request'],
  ])('is refused: %s', async (nickname, secret, code) => {
    const domain = nickname === 'johanna.lorenz' ? 'contosobikes.example' : contoso;
    const reset = at(nickname, domain).authentication.passwordMethod.resetPassword(secret);
    await expect(reset).rejects.toMatchObject({ code, effect: 'none' });
  });

  it('has an unknown outcome where its location leads elsewhere', async () => {
    pretend.faults.next({ method: 'POST', fault: { kind: 'leads-elsewhere', origin: 'http://127.0.0.1:9' } });
    const reset = at('adele.vance').authentication.passwordMethod.resetPassword(password);
    await expect(reset).rejects.toMatchObject({ code: 'unknown-result' });
  });
});

describe('afterwards', () => {
  it('a pass can be used or not, as the policy says', async () => {
    const usable = await at('adele.vance').authentication.temporaryAccessPassMethods.create({ lifetimeInMinutes: 60 });
    expect(usable).toMatchObject({ isUsable: true, pass: expect.any(Secret) });
    const listed = await at('adele.vance').authentication.temporaryAccessPassMethods.list();
    expect(listed).toMatchObject([{ id: usable.id, pass: undefined }]);
    const passes = at('isaiah.langer', northwind).authentication.temporaryAccessPassMethods;
    expect(await passes.create()).toMatchObject({ isUsable: false, usabilityReason: 'DisabledByPolicy' });
    await expect(passes.create({ lifetimeInMinutes: 5 })).rejects.toMatchObject({ code: 'bad-request' });
  });

  it('sessions are revoked', async () => {
    await at('adele.vance').revokeSignInSessions();
    const { signInSessionsValidFromDateTime = 0 } = await at('adele.vance').get({
      select: ['signInSessionsValidFromDateTime'],
    });
    expect(clock.now() - signInSessionsValidFromDateTime).toBeLessThan(60_000);
  });
});

describe('the changes of users at the pretend Graph', () => {
  it('are everybody at first, then what has changed, and expire after seven days', async () => {
    const { users } = graph.tenant(tenantOf(contoso));
    const select = ['displayName', 'userPrincipalName'] as const;
    const first = await Array.fromAsync(users.delta({ select }));
    expect(first.flatMap(({ changed }) => changed).length).toBeGreaterThan(100);
    const since = first.at(-1)?.deltaLink ?? '';
    const { customer, user } = findPerson(data, `alex.wilber@${contoso}`);
    data.users(customer.id)?.change(user.id, { displayName: 'Alexandra Wilber' });
    const second = await Array.fromAsync(users.delta({ since }));
    expect(second.flatMap(({ changed }) => changed)).toMatchObject([{ id: user.id, displayName: 'Alexandra Wilber' }]);
    clock.advance(8 * 24 * 60 * 60_000);
    await expect(Array.fromAsync(users.delta({ since }))).rejects.toMatchObject({ code: 'delta-expired' });
    const stray = `${url}/v1.0/users/delta?$deltatoken=nobody-knows`;
    await expect(Array.fromAsync(users.delta({ since: stray }))).rejects.toMatchObject({ code: 'delta-expired' });
  });
});

describe('a planted fault', () => {
  it.each<readonly [Parameters<PretendGraph['faults']['next']>[0]['fault'], string]>([
    [{ kind: 'graph-error', status: 403, code: 'Authorization_RequestDenied' }, 'forbidden'],
    [{ kind: 'proxy-page', status: 200, effect: 'none' }, 'foreign-answer'],
    [{ kind: 'not-json' }, 'unreadable-answer'],
    [{ kind: 'another-id' }, 'unreadable-answer'],
    [{ kind: 'as-list' }, 'unreadable-answer'],
    [{ kind: 'redirect', location: 'http://127.0.0.1:9/' }, 'redirected'],
  ])('%j strikes the call that it names', async (fault, code) => {
    pretend.faults.next({ path: /^\/v1\.0\/users\/[^/]+(?:\?|$)/, fault });
    await expect(at('adele.vance').get({ select: [] })).rejects.toMatchObject({ code });
    expect(pretend.faults.pending()).toBe(0);
  });
});

import { describe, expect, it } from '@jest/globals';
import { playGraph, readExample, readExamples, tenantId, userId } from './play-graph.ts';

const roleId = '62e90394-69f5-4237-9190-012177145e10';
const groupId = '0c7b9d3e-4a15-4f6b-a2c8-5e9f71d0b386';
const role = {
  '@odata.type': '#microsoft.graph.directoryRole',
  id: '10000000-0000-4000-8000-000000000001',
  roleTemplateId: roleId,
  displayName: 'Global Administrator',
};
const group = {
  '@odata.type': '#microsoft.graph.group',
  id: groupId,
  displayName: 'Administrators',
  isAssignableToRole: true,
};
const unit = { '@odata.type': '#microsoft.graph.administrativeUnit', id: '10000000-0000-4000-8000-000000000002' };

describe('the facts on a person', () => {
  it('are read by one request with exactly what was selected, in the tenant that was named', async () => {
    const { graph, sent, tokens } = playGraph([{ status: 200, json: readExample('graph-user-facts.response').body }]);
    const user = await graph
      .tenant(tenantId.toUpperCase())
      .users.byId(userId)
      .get({ select: ['accountEnabled', 'isManagementRestricted'] });
    expect(sent).toMatchObject([
      {
        method: 'GET',
        url: `https://graph.microsoft.com/v1.0/users/${userId}?$select=id,accountEnabled,isManagementRestricted`,
        headers: { Authorization: `Bearer token-of-${tenantId}` },
      },
    ]);
    expect(tokens).toEqual([tenantId]);
    expect(user).toMatchObject({
      id: userId,
      accountEnabled: true,
      onPremisesSyncEnabled: true,
      isManagementRestricted: false,
      lastPasswordChangeDateTime: Date.parse('2026-11-30T08:51:40Z'),
      mobilePhone: '+31 6 0000 0147',
      businessPhones: ['+31 20 000 0147'],
    });
  });

  it('are not those of somebody else: another id in the answer is unreadable', async () => {
    const { graph } = playGraph([{ status: 200, json: { id: groupId, accountEnabled: true } }]);
    const read = graph
      .tenant(tenantId)
      .users.byId(userId)
      .get({ select: ['accountEnabled'] });
    await expect(read).rejects.toMatchObject({ code: 'unreadable-answer' });
  });

  it.each(['accountEnabled', 'isManagementRestricted', 'onPremisesSyncEnabled'])(
    'are unreadable where %s is no switch',
    async (name) => {
      const { graph } = playGraph([{ status: 200, json: { id: userId, [name]: 'true' } }]);
      const read = graph.tenant(tenantId).users.byId(userId).get({ select: [] });
      await expect(read).rejects.toMatchObject({ code: 'unreadable-answer' });
    },
  );

  it('hold the roles and the groups of every page, and leave units out', async () => {
    const next = `https://graph.microsoft.com/v1.0/users/${userId}/transitiveMemberOf?$skiptoken=opaque`;
    const { graph, sent } = playGraph([
      { status: 200, json: { value: [], '@odata.nextLink': next } },
      { status: 200, json: { value: [role, group, unit] } },
    ]);
    const memberships = await graph.tenant(tenantId).users.byId(userId).transitiveMemberOf();
    expect(memberships.map(({ kind }) => kind)).toEqual(['directory-role', 'group', 'other']);
    expect(memberships).toMatchObject([{ roleTemplateId: roleId }, { id: groupId, isAssignableToRole: true }, {}]);
    expect(sent[1]?.url).toBe(next);
    expect(new Set(sent.map(({ headers }) => headers['client-request-id'])).size).toBe(1);
  });

  it.each([{ ...role, roleTemplateId: undefined }, { ...group, id: 'x' }, { id: groupId }])(
    'are unreadable where a membership is: %j',
    async (item) => {
      const { graph } = playGraph([{ status: 200, json: { value: [item] } }]);
      const read = graph.tenant(tenantId).users.byId(userId).transitiveMemberOf();
      await expect(read).rejects.toMatchObject({ code: 'unreadable-answer' });
    },
  );

  it('hold the roles that a person can activate, told by template', async () => {
    const json = { value: [{ principalId: userId, roleDefinitionId: roleId, directoryScopeId: '/' }] };
    const { graph, sent } = playGraph([{ status: 200, json }]);
    expect(await graph.tenant(tenantId).roleManagement.eligibleRoles(userId)).toEqual([
      { roleTemplateId: roleId, principalId: userId, scope: '/' },
    ]);
    expect(decodeURIComponent(sent[0]?.url ?? '')).toContain(
      `/v1.0/roleManagement/directory/roleEligibilityScheduleInstances?$filter=principalId eq '${userId}'`,
    );
  });

  it('hold the registered methods by kind, with numbers of phones alone', async () => {
    const { graph } = playGraph([{ status: 200, json: readExample('graph-auth-methods.response').body }]);
    const methods = await graph.tenant(tenantId).users.byId(userId).authentication.methods();
    expect(methods).toMatchObject([
      { kind: 'password', phoneNumber: undefined },
      { kind: 'phone', phoneNumber: '+31 600000147', phoneType: 'mobile' },
      { kind: 'authenticator', phoneNumber: undefined },
    ]);
  });

  it('keep a method that Microsoft adds later, as another one', async () => {
    const json = { value: [{ '@odata.type': '#microsoft.graph.mindAuthenticationMethod', id: '1' }] };
    const { graph } = playGraph([{ status: 200, json }]);
    expect(await graph.tenant(tenantId).users.byId(userId).authentication.methods()).toMatchObject([{ kind: 'other' }]);
  });
});

describe('a list', () => {
  it.each([
    'https://graph.microsoft.com.evil.example/v1.0/next',
    'https://user@graph.microsoft.com/v1.0/next',
    'http://graph.microsoft.com/v1.0/next',
    'https://graph.microsoft.com/beta/next',
    '//evil.example/v1.0/next',
  ])('is unreadable where its next page is not Graph: %s', async (link) => {
    const { graph, sent } = playGraph([{ status: 200, json: { value: [], '@odata.nextLink': link } }]);
    const read = graph.tenant(tenantId).users.byId(userId).transitiveMemberOf();
    await expect(read).rejects.toMatchObject({ code: 'unreadable-answer' });
    expect(sent).toHaveLength(1);
  });

  it('is unreadable where its pages do not end', async () => {
    const next = 'https://graph.microsoft.com/v1.0/next';
    const { graph, sent } = playGraph([{ status: 200, json: { value: [], '@odata.nextLink': next } }]);
    const read = graph.tenant(tenantId).users.byId(userId).authentication.methods();
    await expect(read).rejects.toMatchObject({ code: 'unreadable-answer' });
    expect(sent).toHaveLength(20);
  });
});

describe('the changes of users', () => {
  const example = readExamples('graph-users-delta.response');

  it('come page after page, with who is gone, and with a link for the next time', async () => {
    const { graph, sent } = playGraph([
      { status: 200, json: example['first']?.body },
      { status: 200, json: example['last']?.body },
    ]);
    const pages = await Array.fromAsync(graph.tenant(tenantId).users.delta({ select: ['displayName', 'userType'] }));
    expect(sent[0]?.url).toBe('https://graph.microsoft.com/v1.0/users/delta?$select=displayName,userType');
    expect(pages.map(({ deltaLink }) => deltaLink)).toEqual([
      undefined,
      'https://graph.microsoft.com/v1.0/users/delta?$deltatoken=oEcOySpF_hWYmTIUZBOIfPzc',
    ]);
    expect(pages[0]?.changed).toMatchObject([{ displayName: 'Ilse Vandermeer' }]);
    expect(pages[1]?.removed.map(({ reason }) => reason)).toEqual(['deleted', 'gone']);
  });

  it.each([
    { status: 410, headers: { Location: 'https://graph.microsoft.com/v1.0/users/delta' } },
    { status: 400, json: { error: { code: 'syncStateNotFound', message: '' } } },
  ])('are told to have expired: %j', async (answer) => {
    const { graph } = playGraph([answer]);
    const since = 'https://graph.microsoft.com/v1.0/users/delta?$deltatoken=old';
    const read = Array.fromAsync(graph.tenant(tenantId).users.delta({ since }));
    await expect(read).rejects.toMatchObject({ code: 'delta-expired' });
  });

  it('leave agents out, which are users of another type', async () => {
    const agent = { '@odata.type': '#microsoft.graph.agentUser', id: userId, displayName: 'Agent Jane' };
    const { graph } = playGraph([{ status: 200, json: { value: [agent], '@odata.deltaLink': 'delta?$deltatoken=1' } }]);
    const pages = await Array.fromAsync(graph.tenant(tenantId).users.delta({ select: ['displayName'] }));
    expect(pages).toMatchObject([{ changed: [], removed: [] }]);
  });

  it('are never asked of another host', async () => {
    const { graph, sent } = playGraph([{ status: 200, json: { value: [] } }]);
    const since = 'https://evil.example/v1.0/users/delta?$deltatoken=x';
    const read = Array.fromAsync(graph.tenant(tenantId).users.delta({ since }));
    await expect(read).rejects.toMatchObject({ code: 'unreadable-answer' });
    expect(sent).toEqual([]);
  });
});

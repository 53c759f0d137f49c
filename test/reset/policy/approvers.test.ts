import { describe, expect, it } from '@jest/globals';
import { sandboxPolicy } from '../../../src/app/watch-policy-file.ts';
import { asId, type ObjectId, type TenantId, type UserId } from '../../../src/base/ids.ts';
import type { Technician } from '../../../src/reset/identity.ts';
import { findApprover } from '../../../src/reset/policy/approvers.ts';
import type { Policy } from '../../../src/reset/policy/policy.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';

const request = buildResetRequest();
const { technician: robin } = request;
const desk = 'de500000-0000-4000-8000-00000000000c';
const sam: Technician = {
  ...robin,
  objectId: asId<ObjectId>('5a500000-0000-4000-8000-000000000002'),
  teamsUserId: '29:sam',
  name: 'Sam Field',
  userPrincipalName: 'sam@partner.example',
};

const find = (
  person: Technician,
  approvers: Policy['approvers'] = [{ kind: 'everyone' }],
  memberOf: 'unknown' | readonly string[] = [],
  user: Partial<typeof request.target.user> = {},
) =>
  findApprover(
    {
      policy: () => ({ ...sandboxPolicy, approvers }),
      groups: { memberOf: () => Promise.resolve(memberOf === 'unknown' ? memberOf : new Set(memberOf)) },
    },
    { ...request, target: { ...request.target, user: { ...request.target.user, ...user } } },
    person,
  );
const none = (why: string) => ({ kind: 'none', why });

describe('who approves', () => {
  it('is whom the policy names, by the right that it gives', async () => {
    expect(await find(sam)).toEqual({ kind: 'approver', right: 'everyone' });
    expect(await find(sam, [{ kind: 'person', objectId: sam.objectId }])).toEqual({
      kind: 'approver',
      right: 'person',
    });
    expect(await find(sam, [{ kind: 'group', objectId: desk }], [desk])).toEqual({
      kind: 'approver',
      right: `group:${desk}`,
    });
    const upper = asId<TenantId>(robin.tenantId.toUpperCase());
    expect(await find({ ...sam, tenantId: upper })).toMatchObject({ kind: 'approver' });
  });

  it('is nobody whom it does not name, or of whom nobody can say', async () => {
    expect(await find(sam, [])).toEqual(none('not-an-approver'));
    expect(await find(sam, [{ kind: 'group', objectId: desk }])).toEqual(none('not-an-approver'));
    expect(await find(sam, [{ kind: 'group', objectId: desk }], 'unknown')).toEqual(none('groups-unknown'));
  });

  it('is never who asked, by whatever they are known', async () => {
    expect(await find(robin)).toEqual(none('own-request'));
    expect(await find({ ...sam, userPrincipalName: robin.userPrincipalName })).toEqual(none('own-request'));
    expect(await find({ ...sam, teamsUserId: robin.teamsUserId })).toEqual(none('own-request'));
  });

  it('is never whose account it is', async () => {
    expect(await find(sam, undefined, [], { id: asId<UserId>(sam.objectId) })).toEqual(none('own-account'));
    const guest = { userPrincipalName: 'sam_partner.example#EXT#@contoso.example' };
    expect(await find(sam, undefined, [], guest)).toEqual(none('own-account'));
  });

  it('is nobody of another tenant', async () => {
    const elsewhere = asId<TenantId>('0ff00000-0000-4000-8000-000000000003');
    expect(await find({ ...sam, tenantId: elsewhere })).toEqual(none('another-tenant'));
  });
});

import { describe, expect, it } from '@jest/globals';

import { asId, type ObjectId, type TenantId } from '../../../src/ids.ts';
import { checkMember } from '../../../src/teams/gate/check-member.ts';

const sender = {
  objectId: asId<ObjectId>('0a1b2c3d-0000-4000-8000-00000000000a'),
  tenantId: asId<TenantId>('11111111-2222-4333-8444-555555555555'),
};
const member = {
  name: 'Robin Tech',
  userPrincipalName: 'robin@partner.example',
  objectId: '0A1B2C3D-0000-4000-8000-00000000000A',
  tenantId: '11111111-2222-4333-8444-555555555555',
  role: 'user',
};

describe('Rule 15: the sender in the roster', () => {
  it('belongs where Entra id and tenant are those of the activity, in any spelling', () => {
    expect(checkMember(member, sender)).toBeUndefined();
    expect(checkMember({ ...member, role: undefined, name: undefined }, sender)).toBeUndefined();
    const lettered = 'aaaaaaaa-2222-4333-8444-555555555555';
    const upper = asId<TenantId>(lettered.toUpperCase());
    expect(checkMember({ ...member, tenantId: lettered }, { ...sender, tenantId: upper })).toBeUndefined();
    expect(
      checkMember({ ...member, tenantId: upper }, { ...sender, tenantId: asId<TenantId>(lettered) }),
    ).toBeUndefined();
  });

  it.each([
    ['another person', { objectId: '0a1b2c3d-0000-4000-8000-00000000000b' }],
    ['nobody by an Entra id', { objectId: undefined }],
    ['somebody of another tenant', { tenantId: '11111111-2222-4333-8444-000000000000' }],
    ['somebody of no tenant', { tenantId: undefined }],
    ['somebody without an address', { userPrincipalName: undefined }],
  ])('does not belong where the roster tells of %s', (_, changes) => {
    expect(checkMember({ ...member, ...changes }, sender)).toBe('not-a-member');
  });
});

describe('Rule 16: guests', () => {
  it.each([
    ['an address of a guest', { userPrincipalName: 'robin_other.example#EXT#@partner.onmicrosoft.com' }],
    ['the same in small letters', { userPrincipalName: 'robin_other.example#ext#@partner.onmicrosoft.com' }],
    ['the role of a guest', { role: 'guest' }],
    ['the role in other letters', { role: 'Guest' }],
    ['nobody with an account', { role: 'anonymous' }],
  ])('are known by %s', (_, changes) => {
    expect(checkMember({ ...member, ...changes }, sender)).toBe('guest');
  });
});

import { describe, expect, it } from '@jest/globals';
import { describeRefusal } from '../../../src/texts/refusals.ts';
import { sandboxPolicy } from '../../../src/app/watch-policy-file.ts';
import { asId, type UserId } from '../../../src/base/ids.ts';
import { needsApproval } from '../../../src/reset/policy/approval.ts';
import { findRejectionReason } from '../../../src/reset/policy/eligibility.ts';
import type { Policy } from '../../../src/reset/policy/policy.ts';
import type { CustomerUser } from '../../../src/reset/target.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';

const { technician: robin, target } = buildResetRequest();
const reader = { id: '88d8e3e3-8f55-4a1e-953a-9b9898b8876b', name: 'Directory Readers' };
const helpdesk = { id: '729827e3-9c14-49f7-bb1b-9608f156bbb8', name: 'Helpdesk Administrator' };
const unheard = { id: '00000000-0000-4000-8000-000000000000', name: 'Something New' };

const stops = (user: Partial<CustomerUser>, policy: Partial<Policy> = {}) =>
  findRejectionReason({ ...target, user: { ...target.user, ...user } }, robin, { ...sandboxPolicy, ...policy });

describe('facts that stop', () => {
  it('are none about an ordinary user', () => {
    expect(stops({})).toBeUndefined();
    expect(stops({ state: 'unknown', domainType: 'unknown', roles: [reader] })).toBeUndefined();
  });

  it.each<[string, Partial<CustomerUser>, object]>([
    ['one’s own account', { id: asId<UserId>(robin.objectId) }, { kind: 'own-account' }],
    ['a guest', { userPrincipalName: 'ann_home.example#EXT#@contoso.example' }, { kind: 'guest' }],
    ['a guest in small letters', { userPrincipalName: 'ann_home.example#ext#@contoso.example' }, { kind: 'guest' }],
    ['a deleted user', { state: 'deleted' }, { kind: 'deleted' }],
    ['a user who signs in elsewhere', { domainType: 'federated' }, { kind: 'federated' }],
    ['a user kept in a local directory', { synchronised: true }, { kind: 'synchronised' }],
  ])('are those about %s, whatever the policy says of administrators and approval', (_, user, refusal) => {
    for (const privilegedTargets of ['approve', 'deny'] as const) {
      for (const approval of ['always', 'privileged', 'never'] as const) {
        expect(stops(user, { privilegedTargets, approval })).toEqual(refusal);
      }
    }
  });

  it('do not hold for a user kept in a local directory where the policy only warns', () => {
    expect(stops({ synchronised: true }, { synchronisedUsers: 'warn' })).toBeUndefined();
  });

  it('are told the first that holds, which nothing else could change', () => {
    const everything: Partial<CustomerUser> = {
      userPrincipalName: 'ann_home.example#EXT#@contoso.example',
      state: 'deleted',
      domainType: 'federated',
      synchronised: true,
      roles: 'unknown',
    };
    const deny = { privilegedTargets: 'deny' } as const;
    expect(stops({ ...everything, id: asId<UserId>(robin.objectId) }, deny)).toEqual({ kind: 'own-account' });
    expect(stops(everything, deny)).toEqual({ kind: 'guest' });
    const member = { ...everything, userPrincipalName: target.user.userPrincipalName };
    expect(stops(member, deny)).toEqual({ kind: 'deleted' });
    expect(stops({ ...member, state: 'active' }, deny)).toEqual({ kind: 'federated' });
    expect(stops({ ...member, state: 'active', domainType: 'managed' }, deny)).toEqual({ kind: 'synchronised' });
  });
});

describe('an administrator', () => {
  const deny = { privilegedTargets: 'deny' } as const;

  it('is refused where the policy denies it, every role named that makes them one', () => {
    expect(stops({ roles: [reader, helpdesk, unheard] }, deny)).toEqual({
      kind: 'administrator',
      roles: [helpdesk.name, unheard.name],
    });
    expect(stops({ roles: [reader] }, deny)).toBeUndefined();
    expect(stops({ roles: [] }, deny)).toBeUndefined();
  });

  it('is anybody whose roles cannot be read', () => {
    expect(stops({ roles: 'unknown' }, deny)).toEqual({ kind: 'roles-unknown' });
    const why = { code: 'missing-role', signInCode: undefined, httpStatus: 403, partnerCode: '2032' };
    const refusal = stops({ roles: 'unknown', rolesTrouble: why }, deny);
    expect(refusal).toEqual({ kind: 'roles-unknown', trouble: why });
    expect(refusal && describeRefusal(refusal)).toEqual({
      problem: expect.stringMatching(/so nothing is reset: The Partner Center account has no role/),
      advice: expect.stringContaining('GDAP'),
    });
  });

  it('is left to a second person where the policy lets one approve', () => {
    expect(stops({ roles: [helpdesk] })).toBeUndefined();
    expect(stops({ roles: 'unknown' })).toBeUndefined();
  });
});

describe('a second person', () => {
  it('is needed for everybody where the policy always wants one', () => {
    expect(needsApproval({ approval: 'always', ticketMismatch: 'warn' }, { roles: [] }, undefined)).toBe(true);
  });

  it.each(['privileged', 'never'] as const)('is needed for administrators whatever it says: %s', (approval) => {
    expect(needsApproval({ approval, ticketMismatch: 'warn' }, { roles: [reader, helpdesk] }, undefined)).toBe(true);
    expect(needsApproval({ approval, ticketMismatch: 'warn' }, { roles: 'unknown' }, undefined)).toBe(true);
    expect(needsApproval({ approval, ticketMismatch: 'warn' }, { roles: [reader] }, undefined)).toBe(false);
    expect(needsApproval({ approval, ticketMismatch: 'warn' }, { roles: [] }, undefined)).toBe(false);
  });
});

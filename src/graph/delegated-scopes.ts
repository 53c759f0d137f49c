/** The application id of Microsoft Graph, the same in every tenant. */
export const graphApplicationId = '00000003-0000-0000-c000-000000000000';

/** The delegated scopes that the calls of this client need, least first. See https://learn.microsoft.com/graph/permissions-reference. */
export const delegatedScopes = [
  /** Facts on a person, and the changes of users. */
  'User.Read.All',
  /** Groups of a person, role-assignable ones too. */
  'GroupMember.Read.All',
  /** Directory roles of a person. */
  'RoleManagement.Read.Directory',
  /** Roles that a person can activate. */
  'RoleEligibilitySchedule.Read.Directory',
  /** Registered methods, and a reset with write-back. */
  'UserAuthenticationMethod.ReadWrite.All',
  /** Temporary Access Passes. */
  'UserAuthMethod-TAP.ReadWrite.All',
  /** Signing out everywhere. */
  'User.RevokeSessions.All',
] as const;

export type DelegatedScope = (typeof delegatedScopes)[number];

/** The scopes without what is used for follow-ups that the policy does not let happen. */
export function scopesFor(followUps: {
  readonly signOut: 'allow' | 'off';
  readonly accessPass: 'allow' | 'off';
}): readonly DelegatedScope[] {
  return delegatedScopes.filter(
    (scope) =>
      !(scope === 'User.RevokeSessions.All' && followUps.signOut === 'off') &&
      !(scope === 'UserAuthMethod-TAP.ReadWrite.All' && followUps.accessPass === 'off'),
  );
}

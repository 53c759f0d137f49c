/** The application id of Microsoft Graph, the same in every tenant. */
export const graphApplicationId = '00000003-0000-0000-c000-000000000000';

/** The delegated scopes that all calls of this client need, least first. See https://learn.microsoft.com/graph/permissions-reference. */
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

/** Reads registered methods, and changes none. */
const readMethods = 'UserAuthenticationMethod.Read.All';

export type DelegatedScope = (typeof delegatedScopes)[number] | typeof readMethods;

/** What of a policy decides on scopes. */
type ScopePolicy = {
  readonly synchronisedUsers: 'deny' | 'warn' | 'writeback';
  readonly followUps: { readonly signOut: 'allow' | 'off'; readonly accessPass: 'allow' | 'off' };
};

/** The scopes of the calls that a policy lets happen, and no other. */
export function scopesFor({ synchronisedUsers, followUps }: ScopePolicy): readonly DelegatedScope[] {
  return delegatedScopes.flatMap((scope): readonly DelegatedScope[] => {
    switch (scope) {
      case 'UserAuthenticationMethod.ReadWrite.All':
        return [synchronisedUsers === 'writeback' ? scope : readMethods];
      case 'UserAuthMethod-TAP.ReadWrite.All':
        return followUps.accessPass === 'allow' ? [scope] : [];
      case 'User.RevokeSessions.All':
        return followUps.signOut === 'allow' ? [scope] : [];
      case 'User.Read.All':
      case 'GroupMember.Read.All':
      case 'RoleManagement.Read.Directory':
      case 'RoleEligibilitySchedule.Read.Directory':
        return [scope];
    }
  });
}

/** Which of the scopes are missing among those of a token. What may write may read. */
export function missingScopes(
  needed: readonly DelegatedScope[],
  granted: readonly string[],
): readonly DelegatedScope[] {
  const mayWrite = granted.includes('UserAuthenticationMethod.ReadWrite.All');
  return needed.filter((scope) => !granted.includes(scope) && !(scope === readMethods && mayWrite));
}

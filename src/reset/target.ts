import type { CustomerId, UserId } from '../base/index.ts';

/** A customer of the partner, as Partner Center names it. */
export type Customer = {
  readonly id: CustomerId;
  readonly name: string;
  /** The default domain; two customers may have the same name, never the same domain. */
  readonly domain: string;
};

/** A user of a customer, with the facts that may stop a reset. */
export type CustomerUser = {
  readonly id: UserId;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly state: 'active' | 'deleted' | 'unknown';
  readonly domainType: 'managed' | 'federated' | 'none' | 'unknown';
  /** Whether the account is kept in a local directory and only copied to the cloud. */
  readonly synchronised: boolean;
  /** Names of directory roles; `unknown` where they could not be read, which counts as an administrator. */
  readonly roles: readonly DirectoryRole[] | 'unknown';
};

/** A directory role; `id` is Entra's role template id, by which it is judged. */
type DirectoryRole = { readonly id: string; readonly name: string };

/** Exactly one person: the customer, and the user there. */
export type Target = { readonly customer: Customer; readonly user: CustomerUser };

/**
 * Whether a customer was not typed but concluded: from the address, whose domain is theirs, or from the last reset in the
 * same chat.
 */
export type CustomerInferred = false | 'address' | 'context';

/**
 * Role template ids that give nothing to break in for, so User Administrator may reset their holders: Directory Readers,
 * Guest Inviter, Message Center Reader, Reports Reader, Usage Summary Reports Reader, User
 * (learn.microsoft.com/entra/identity/role-based-access-control/privileged-roles-permissions).
 */
const harmlessRoles: ReadonlySet<string> = new Set([
  '88d8e3e3-8f55-4a1e-953a-9b9898b8876b',
  '95e79109-95c0-4d8e-aee3-d01accf2d47b',
  '790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b',
  '4a5d8f65-41da-4de4-8968-e035b65339cf',
  '75934031-6c7e-415a-99d7-48dbd49e875e',
  'a0b1b346-4d3e-4e8b-98f8-753987be4970',
]);

/** Whether a directory role counts as an administrator's: every one does that is not known to be harmless. */
export function isAdministratorRole(roleTemplateId: string): boolean {
  return !harmlessRoles.has(roleTemplateId.toLowerCase());
}

/** The roles that make a user an administrator; `unknown` where nobody could read them, which counts as having some. */
export function administratorRolesOf({ roles }: Pick<CustomerUser, 'roles'>): readonly DirectoryRole[] | 'unknown' {
  return roles === 'unknown' ? roles : roles.filter(({ id }) => isAdministratorRole(id));
}

/** Every name of a target that must not stand in their password. */
export function namesOfTarget({ customer, user }: Target): readonly string[] {
  return [user.displayName, user.userPrincipalName, customer.name, customer.domain];
}

import type { CustomerId, UserId } from '../base/index.ts';
import type { LostProtection, TroubleCodes } from './refusal.ts';

/** A customer of the partner, as Partner Center names it. */
export type Customer = {
  readonly id: CustomerId;
  readonly name: string;
  /** The default domain. Two customers may have the same name, but never the same domain. */
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
  /** Directory roles. `unknown` if they could not be read, which counts as an administrator. */
  readonly roles: readonly DirectoryRole[] | 'unknown';
  /** Why the roles are `unknown`; left out where they were read, or not asked for. */
  readonly rolesTrouble?: TroubleCodes | undefined;
  /** When it was deleted, in milliseconds since 1970 in UTC; missing where it is not, or that is not known. */
  readonly deletedAt?: number | undefined;
  /** What Microsoft Graph tells besides; missing where it tells nothing that has to be weighed. */
  readonly graph?: GraphMarks | undefined;
};

/** Who was deleted: told, and never reset. */
export type DeletedUser = Pick<CustomerUser, 'id' | 'displayName' | 'userPrincipalName' | 'deletedAt'>;

/**
 * Until when a deleted account can be restored: for 30 days.
 * https://learn.microsoft.com/partner-center/developer/restore-a-user-for-a-customer
 */
export function restorableUntil(deletedAt: number): number {
  return deletedAt + 30 * 24 * 60 * 60_000;
}

/**
 * What Microsoft Graph tells of an account that has to be weighed. Each is missing where it does not hold, or where Graph is
 * not asked.
 */
export type GraphMarks = {
  /** Sign-in is blocked, and a new password does not unblock it. */
  readonly isBlocked?: true;
  /** The account is synchronised, and Graph can write its password back to the local directory. */
  readonly canWriteBack?: true;
  readonly isGuest?: true;
  /** A member of a restricted management administrative unit. */
  readonly isRestricted?: true;
  /** What protects an account and could not be read, although it could be read at this customer before. */
  readonly lost?: LostProtection | undefined;
  /** Why there is no way to Graph at this customer, where it never told anything that protects; a code of its room. */
  readonly closed?: { readonly code: string; readonly httpStatus?: number | undefined } | undefined;
};

/**
 * A directory role. `id` is Entra's role template id. Decisions rest on it, never on the name. For a role-assignable group,
 * which counts as the role of an administrator, it is the id of the group.
 */
export type DirectoryRole = {
  readonly id: string;
  readonly name: string;
  /** How Microsoft Graph says that the user has it. Missing where Partner Center tells of it. */
  readonly by?: 'group' | 'role-assignable-group' | 'eligible' | undefined;
};

/** Whose password is reset: exactly one user of one customer. */
export type Target = { readonly customer: Customer; readonly user: CustomerUser };

/**
 * How the customer was found if the technician did not type it. `address`: by the domain of the typed address. `context`: by
 * the last reset in the same chat. `false`: the technician typed it.
 */
export type CustomerInferred = false | 'address' | 'context';

/**
 * Template ids of the roles that give no power worth an attack, so a User Administrator may reset their holders. They are
 * Directory Readers, Guest Inviter, Message Center Reader, Reports Reader, Usage Summary Reports Reader and User.
 * https://learn.microsoft.com/entra/identity/role-based-access-control/privileged-roles-permissions#who-can-reset-passwords
 */
const harmlessRoles: ReadonlySet<string> = new Set([
  '88d8e3e3-8f55-4a1e-953a-9b9898b8876b',
  '95e79109-95c0-4d8e-aee3-d01accf2d47b',
  '790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b',
  '4a5d8f65-41da-4de4-8968-e035b65339cf',
  '75934031-6c7e-415a-99d7-48dbd49e875e',
  'a0b1b346-4d3e-4e8b-98f8-753987be4970',
]);

/**
 * Whether a directory role counts as an administrator's. Only known harmless roles do not. A role that
 * Microsoft adds later counts at first.
 *
 * @param roleTemplateId Entra's id of the role template, in upper or lower case.
 */
export function isAdministratorRole(roleTemplateId: string): boolean {
  return !harmlessRoles.has(roleTemplateId.toLowerCase());
}

/** The kinds of power that only Microsoft Graph tells of, for the trail. */
export function protectionKindsOf({ roles, graph }: Pick<CustomerUser, 'roles' | 'graph'>): readonly string[] {
  const kinds = roles === 'unknown' ? [] : roles.flatMap(({ id, by }) => (by && isAdministratorRole(id) ? [by] : []));
  return [
    ...new Set([...kinds, ...(graph?.isRestricted ? ['restricted'] : []), ...(graph?.isBlocked ? ['blocked'] : [])]),
  ];
}

/** The roles that make a user an administrator. `unknown` if they could not be read, which counts as having such a role. */
export function administratorRolesOf({ roles }: Pick<CustomerUser, 'roles'>): readonly DirectoryRole[] | 'unknown' {
  return roles === 'unknown' ? roles : roles.filter(({ id }) => isAdministratorRole(id));
}

/** The names, addresses and domains of a target that its password must not contain. `makePassword` takes them as `names`. */
export function namesOfTarget({ customer, user }: Target): readonly string[] {
  return [user.displayName, user.userPrincipalName, customer.name, customer.domain];
}

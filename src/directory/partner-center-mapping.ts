import { asId, type CustomerId, type UserId } from '../base/index.ts';
import {
  type Customer as PartnerCustomer,
  type CustomerUser as PartnerUser,
  type DirectoryRole,
  PartnerError,
} from '../partner-center/index.ts';
import { type Customer, type CustomerUser, type PartnerTrouble, signInTroubles } from '../reset/index.ts';

/** Maps a customer of Partner Center to ours. Ids are in lower case, so that they compare as equal. */
export function readCustomer(customer: PartnerCustomer): Customer {
  const { companyName, domain } = customer.companyProfile;
  return {
    id: asId<CustomerId>(customer.id.toLowerCase()),
    name: companyName ?? domain ?? customer.id,
    domain: domain ?? '',
  };
}

/** Maps a user of Partner Center to ours. `roles` are `unknown` where they were not read, or the trouble of reading them. */
export function readUser(
  user: PartnerUser,
  roles: readonly DirectoryRole[] | 'unknown' | { readonly trouble: PartnerTrouble },
): CustomerUser {
  const fullName = [user.firstName, user.lastName].filter((part) => part !== undefined).join(' ');
  return {
    id: asId<UserId>(user.id.toLowerCase()),
    displayName: user.displayName ?? (fullName || (user.userPrincipalName ?? user.id)),
    userPrincipalName: user.userPrincipalName ?? '',
    state: user.state === 'inactive' ? 'deleted' : user.state,
    domainType: user.userDomainType,
    synchronised: user.lastDirectorySyncTime !== undefined,
    ...readDeletion(user),
    ...readRoles(roles),
  };
}

function readDeletion({ state, softDeletionTime }: PartnerUser): Pick<CustomerUser, 'deletedAt'> {
  const deletedAt = state === 'inactive' ? Date.parse(softDeletionTime ?? '') : Number.NaN;
  return Number.isSafeInteger(deletedAt) && deletedAt >= 0 ? { deletedAt } : {};
}

function readRoles(roles: Parameters<typeof readUser>[1]): Pick<CustomerUser, 'roles' | 'rolesTrouble'> {
  if (roles === 'unknown') return { roles };
  if ('trouble' in roles) {
    const { code, signInCode, httpStatus, partnerCode } = roles.trouble;
    return { roles: 'unknown', rolesTrouble: { code, signInCode, httpStatus, partnerCode } };
  }
  return { roles: roles.map((role) => ({ id: role.id, name: role.name ?? role.id })) };
}

/** Maps a failed call to its codes. Throws anything but a `PartnerError`, since that is a defect. */
export function readTrouble(failure: unknown): PartnerTrouble {
  if (!(failure instanceof PartnerError)) throw failure;
  const { code, signInCode, httpStatus, partnerCode } = failure;
  return {
    code,
    signInCode: signInTroubles.find((known) => known === signInCode),
    httpStatus,
    partnerCode,
    storedWording: undefined,
  };
}

/**
 * Whether a failed read means that the customer or user does not exist any more.
 * See learn.microsoft.com/partner-center/developer/error-codes.
 */
export function isGone(failure: unknown, code: 'customer-not-found' | 'user-not-found'): boolean {
  return failure instanceof PartnerError && (failure.code === code || failure.code === 'not-found');
}

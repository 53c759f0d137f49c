import { asId, type CustomerId, type UserId } from '../base/index.ts';
import {
  type Customer as PartnerCustomer,
  type CustomerUser as PartnerUser,
  type DirectoryRole,
  PartnerError,
} from '../partner-center/index.ts';
import { type Customer, type CustomerUser, type PartnerTrouble, signInTroubles } from '../reset/index.ts';

/** A customer as Partner Center lists it, in our words; ids are compared, and come out in lower case. */
export function readCustomer(customer: PartnerCustomer): Customer {
  const { companyName, domain } = customer.companyProfile;
  return {
    id: asId<CustomerId>(customer.id.toLowerCase()),
    name: companyName ?? domain ?? customer.id,
    domain: domain ?? '',
  };
}

/** A user in our words. `roles`: as looked up, or that they could not be read. */
export function readUser(user: PartnerUser, roles: readonly DirectoryRole[] | 'unknown'): CustomerUser {
  const fullName = [user.firstName, user.lastName].filter((part) => part !== undefined).join(' ');
  return {
    id: asId<UserId>(user.id.toLowerCase()),
    displayName: user.displayName ?? (fullName || (user.userPrincipalName ?? user.id)),
    userPrincipalName: user.userPrincipalName ?? '',
    state: user.state === 'inactive' ? 'deleted' : user.state,
    domainType: user.userDomainType,
    synchronised: user.lastDirectorySyncTime !== undefined,
    roles: roles === 'unknown' ? roles : roles.map((role) => ({ id: role.id, name: role.name ?? role.id })),
  };
}

/** What went wrong in a failed call, in codes. Anything but a `PartnerError` is a defect and is thrown on. */
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

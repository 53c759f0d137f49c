import type { Secret } from '../../base/index.ts';
import type { PretendCustomer } from '../data/customers.ts';
import type { PretendUser } from '../data/users.ts';
import type { JsonObject } from '../loopback-http.ts';

/** A customer as it stands in a list: three fields and no more. */
export function writeListedCustomer({ id, name, domain }: PretendCustomer): JsonObject {
  return {
    id,
    companyProfile: {
      tenantId: id,
      domain,
      companyName: name,
      attributes: { objectType: 'CustomerCompanyProfile' },
    },
    relationshipToPartner: 'reseller',
    attributes: { objectType: 'Customer' },
  };
}

/** A customer asked for by id, with its billing profile and all its domains. */
export function writeCustomer(customer: PretendCustomer, prefix: string): JsonObject {
  const { id, name, domain, federatedDomain, country } = customer;
  const link = (path: string): JsonObject => ({
    self: { uri: `${prefix}/customers/${id}${path}`, method: 'GET', headers: [] },
  });
  const address = { country, city: 'Sample City', addressLine1: '1 Example Way', postalCode: '00000' };
  return {
    id,
    commerceId: id,
    companyProfile: {
      tenantId: id,
      domain,
      companyName: name,
      address,
      email: `office@${domain}`,
      links: link('/profiles/company'),
      attributes: { objectType: 'CustomerCompanyProfile' },
    },
    billingProfile: {
      id,
      firstName: 'Billing',
      lastName: 'Office',
      email: `billing@${domain}`,
      culture: 'en-US',
      language: 'en',
      companyName: name,
      defaultAddress: address,
      links: link('/profiles/billing'),
      attributes: { etag: '-4242348048554929329', objectType: 'CustomerBillingProfile' },
    },
    relationshipToPartner: 'reseller',
    allowDelegatedAccess: true,
    customDomains: federatedDomain === undefined ? [domain] : [domain, federatedDomain],
    links: link(''),
    attributes: { objectType: 'Customer' },
  };
}

/**
 * A user as Partner Center writes one. After a reset `password` is repeated in clear text, with
 * `forceChangePassword: false`, even if `true` was sent, as documented.
 * https://learn.microsoft.com/partner-center/developer/reset-user-password-for-a-customer
 */
export function writeUser(customerId: string, user: PretendUser, quirks: Quirks, password?: Secret): JsonObject {
  const { firstName, lastName, lastDirectorySyncTime, softDeletionTime } = user;
  const orLeftOut = (value: string | null): string | null | undefined =>
    value === null && quirks.omitsNull ? undefined : value;
  return {
    usageLocation: user.usageLocation,
    id: user.id,
    userPrincipalName: user.userPrincipalName,
    firstName: orLeftOut(firstName),
    lastName: orLeftOut(lastName),
    displayName: user.displayName,
    passwordProfile: password?.reveal((text) => ({ forceChangePassword: false, password: text })),
    lastDirectorySyncTime: orLeftOut(lastDirectorySyncTime),
    userDomainType: user.userDomainType,
    state: user.state,
    softDeletionTime: orLeftOut(softDeletionTime),
    links: {
      self: {
        uri: `${quirks.versionInLinks ? '/v1' : ''}/customers/${customerId}/users/${user.id}`,
        method: 'GET',
        headers: [],
      },
    },
    attributes: { objectType: 'CustomerUser' },
  };
}

/** Freedoms that Partner Center takes with an answer; a caller has to bear with each of them. */
export type Quirks = {
  /** A BOM before the body. */
  readonly bom: boolean;
  /** Fields that are null are left out. */
  readonly omitsNull: boolean;
  /** Addresses in links begin with `/v1`. */
  readonly versionInLinks: boolean;
};

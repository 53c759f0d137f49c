import type { PretendCustomer } from '../data/pretend-customer.ts';
import type { JsonObject } from '../http/json.ts';

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

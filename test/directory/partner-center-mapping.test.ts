import { expect, it } from '@jest/globals';
import { readCustomer, readUser } from '../../src/directory/partner-center-mapping.ts';

const id = '9A4E2B70-51C8-4D36-B0F7-E8C35A91D264';

it('gives ids in lower case, however Partner Center writes them', () => {
  const companyProfile = { tenantId: id, domain: 'contoso.example', companyName: 'Contoso' };
  const rest = { relationshipToPartner: undefined, allowDelegatedAccess: undefined, customDomains: [] };
  expect(readCustomer({ id, companyProfile, ...rest }).id).toBe(id.toLowerCase());
  const names = { userPrincipalName: 'ann@contoso.example', displayName: 'Ann', firstName: undefined };
  const others = { lastName: undefined, usageLocation: undefined, softDeletionTime: undefined };
  const facts = { lastDirectorySyncTime: undefined, userDomainType: 'managed', state: 'active' } as const;
  expect(readUser({ id, ...names, ...others, ...facts }, []).id).toBe(id.toLowerCase());
});

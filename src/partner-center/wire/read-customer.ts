import { readField } from './read-field.ts';
import { readText } from './read-text.ts';

/** A customer. Lists leave out `allowDelegatedAccess` and `customDomains`; without GDAP so does the single read. */
export type Customer = {
  readonly id: string;
  readonly companyProfile: {
    readonly tenantId: string | undefined;
    /** The default domain. */
    readonly domain: string | undefined;
    /** Not unique. */
    readonly companyName: string | undefined;
  };
  readonly relationshipToPartner: string | undefined;
  readonly allowDelegatedAccess: boolean | undefined;
  readonly customDomains: readonly string[];
};

/** Reads a customer off the wire, and drops what is not named here; undefined where it has no id. */
export function readCustomer(value: unknown): Customer | undefined {
  const id = readText(value, 'id');
  if (id === undefined) {
    return undefined;
  }
  const profile = readField(value, 'companyProfile');
  const allowed = readField(value, 'allowDelegatedAccess');
  const domains = readField(value, 'customDomains');
  return {
    id,
    companyProfile: {
      tenantId: readText(profile, 'tenantId'),
      domain: readText(profile, 'domain'),
      companyName: readText(profile, 'companyName'),
    },
    relationshipToPartner: readText(value, 'relationshipToPartner'),
    allowDelegatedAccess: typeof allowed === 'boolean' ? allowed : undefined,
    customDomains: Array.isArray(domains) ? domains.filter((domain) => typeof domain === 'string') : [],
  };
}

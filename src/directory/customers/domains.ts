import { domainToASCII } from 'node:url';
import { asId, type Clock, createBoundedCache, type CustomerId, directoryTunables, isGuid } from '../../base/index.ts';

const domainLabel = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

const longestDomain = 253;

/**
 * A domain in lower case ASCII. Undefined for any other text, such as an address, a port or a path.
 * See https://www.rfc-editor.org/rfc/rfc1123#section-2.1
 */
export function readDomain(text: string): string | undefined {
  const typed = text.trim();
  if (typed.length > longestDomain || !/^[\p{L}\p{M}\p{N}.-]+$/u.test(typed)) return undefined;
  const domain = domainToASCII(typed);
  const labels = domain.split('.');
  const isDomain =
    labels.length > 1 && domain.length <= longestDomain && labels.every((part) => domainLabel.test(part));
  return isDomain && /^(?:[a-z]{2,}|xn--[a-z0-9-]+)$/.test(labels.at(-1) ?? '') ? domain : undefined;
}

/** The domain of a user's address. Undefined where the text is no address. */
export function readAddressDomain(address: string): string | undefined {
  const at = address.lastIndexOf('@');
  return at < 1 ? undefined : readDomain(address.slice(at + 1));
}

/** The customers of custom domains that earlier reads have shown. */
type DomainList = {
  customerOf(domain: string): CustomerId | undefined;
  domainsOf(customer: CustomerId): readonly string[];
  /** The last call counts, since a domain may have moved. Returns whether anything was new. */
  add(customer: CustomerId, domains: Iterable<string>): boolean;
};

/** Creates an empty list of domains. When it is full, it takes no further ones. */
export function createDomainList(): DomainList {
  const owners = new Map<string, CustomerId>();
  const domains = new Map<CustomerId, Set<string>>();
  return {
    customerOf: (domain) => owners.get(domain),
    domainsOf: (customer) => [...(domains.get(customer) ?? [])],
    add(customer, added) {
      let isNew = false;
      for (const domain of added) {
        const owner = owners.get(domain);
        if (owner === customer || (owner === undefined && owners.size >= directoryTunables.maxDomains)) continue;
        if (owner !== undefined) domains.get(owner)?.delete(domain);
        owners.set(domain, customer);
        domains.set(customer, (domains.get(customer) ?? new Set()).add(domain));
        isNew = true;
      }
      return isNew;
    },
  };
}

/**
 * Looks up the tenant that a domain belongs to. Undefined where it belongs to none, or the look-up fails. It is called
 * with a domain whose syntax was checked.
 */
export type TenantOfDomain = (domain: string) => Promise<string | undefined>;

/** Creates a look-up of the customer id of a domain. It remembers a domain without a tenant for some minutes. */
export function createDomainSearch({
  clock,
  tenantOfDomain,
}: {
  readonly clock: Clock;
  readonly tenantOfDomain: TenantOfDomain | undefined;
}): (domain: string) => Promise<CustomerId | undefined> {
  /** By domain: until when it counts as one without a tenant, in milliseconds since 1970. */
  const withoutTenant = createBoundedCache<string, number>(directoryTunables.maxForeignDomains);
  return async (domain) => {
    if (tenantOfDomain === undefined || (withoutTenant.get(domain) ?? 0) > clock.now()) return undefined;
    const tenant = await tenantOfDomain(domain);
    if (tenant !== undefined && isGuid(tenant)) return asId<CustomerId>(tenant.toLowerCase());
    withoutTenant.set(domain, clock.now() + directoryTunables.nameTimeToLiveMilliseconds);
    return undefined;
  };
}

const microsoftAuthority = 'https://login.microsoftonline.com';

/** The part of `fetch` that the discovery uses. */
type DiscoveryFetch = (
  address: string,
  options: { readonly redirect: 'error'; readonly signal: AbortSignal },
) => Promise<Pick<Response, 'status' | 'text'>>;

/**
 * Creates a look-up of the tenant of a domain by OpenID discovery at Microsoft Entra. It sends no token, and nothing for a
 * text that is no domain. The result is undefined where there is no answer, or none that names a tenant.
 * See learn.microsoft.com/entra/identity-platform/v2-protocols-oidc.
 */
export function createTenantDiscovery({
  fetch,
  timeout,
  authority = microsoftAuthority,
}: {
  readonly fetch: DiscoveryFetch;
  /** Creates the time limit of one call. */
  readonly timeout: () => AbortSignal;
  /** The address of the discovery. An answer counts only if its issuer is Microsoft Entra. */
  readonly authority?: string;
}): TenantOfDomain {
  return async (typed) => {
    const domain = readDomain(typed);
    if (domain === undefined) return undefined;
    try {
      const address = `${authority}/${domain}/v2.0/.well-known/openid-configuration`;
      const response = await fetch(address, { redirect: 'error', signal: timeout() });
      const text = response.status === 200 ? await response.text() : '';
      return text.length > directoryTunables.maxDiscoveryAnswerLength ? undefined : readIssuer(text);
    } catch {
      return undefined;
    }
  };
}

function readIssuer(text: string): string | undefined {
  const configuration: unknown = JSON.parse(text);
  if (typeof configuration !== 'object' || configuration === null || !('issuer' in configuration)) return undefined;
  const { issuer } = configuration;
  return typeof issuer === 'string'
    ? /^https:\/\/login\.microsoftonline\.com\/([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\/v2\.0$/i
        .exec(issuer)?.[1]
        ?.toLowerCase()
    : undefined;
}

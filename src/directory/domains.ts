import { domainToASCII } from 'node:url';
import { asId, type Clock, type CustomerId, isGuid } from '../base/index.ts';
import { timeToLive } from './index-cache.ts';

const domainLabel = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
const longestDomain = 253;

/** A domain in small ASCII letters, checked strictly; undefined where a text is none: no address, no port, no path. */
export function readDomain(text: string): string | undefined {
  const typed = text.trim();
  if (typed.length > longestDomain || !/^[\p{L}\p{M}\p{N}.-]+$/u.test(typed)) return undefined;
  const domain = domainToASCII(typed);
  const labels = domain.split('.');
  const isDomain =
    labels.length > 1 && domain.length <= longestDomain && labels.every((part) => domainLabel.test(part));
  return isDomain && /^(?:[a-z]{2,}|xn--[a-z0-9-]+)$/.test(labels.at(-1) ?? '') ? domain : undefined;
}

/** The domain of an address; undefined where a text is no address. */
export function readAddressDomain(address: string): string | undefined {
  const at = address.lastIndexOf('@');
  return at < 1 ? undefined : readDomain(address.slice(at + 1));
}

/** Which customer a custom domain belongs to, as far as look-ups have told. */
type DomainList = {
  customerOf(domain: string): CustomerId | undefined;
  domainsOf(customer: CustomerId): readonly string[];
  /** What was learned last counts: a domain may have moved. True where something was new. */
  learn(customer: CustomerId, domains: Iterable<string>): boolean;
};

const mostDomains = 100_000;

export function createDomainList(): DomainList {
  const owners = new Map<string, CustomerId>();
  const domains = new Map<CustomerId, Set<string>>();
  return {
    customerOf: (domain) => owners.get(domain),
    domainsOf: (customer) => [...(domains.get(customer) ?? [])],
    learn(customer, learned) {
      let isNew = false;
      for (const domain of learned) {
        const owner = owners.get(domain);
        if (owner === customer || (owner === undefined && owners.size >= mostDomains)) continue;
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
 * The tenant that a domain belongs to, undefined where it is nobody's or that cannot be found out just now. It is only
 * ever given a domain whose syntax was checked.
 */
export type TenantOfDomain = (domain: string) => Promise<string | undefined>;

const mostKept = 10_000;

/** Asks whose a domain is; "nobody's" is kept for some minutes, so that typing it again does not ask again. */
export function createDomainSearch({
  clock,
  tenantOfDomain,
}: {
  readonly clock: Clock;
  readonly tenantOfDomain: TenantOfDomain | undefined;
}): (domain: string) => Promise<CustomerId | undefined> {
  const nobodys = new Map<string, number>();
  return async (domain) => {
    if (tenantOfDomain === undefined || (nobodys.get(domain) ?? 0) > clock.now()) return undefined;
    const tenant = await tenantOfDomain(domain);
    if (tenant !== undefined && isGuid(tenant)) return asId<CustomerId>(tenant.toLowerCase());
    if (nobodys.size >= mostKept) nobodys.clear();
    nobodys.set(domain, clock.now() + timeToLive.name);
    return undefined;
  };
}

const microsoft = 'https://login.microsoftonline.com';
const longestDiscoveryAnswer = 65_536;

/** As much of `fetch` as it takes. */
type DiscoveryFetch = (
  address: string,
  options: { readonly redirect: 'error'; readonly signal: AbortSignal },
) => Promise<Pick<Response, 'status' | 'text'>>;

/**
 * Asks Microsoft's sign-in by OpenID discovery which tenant a domain belongs to. No token is sent. A domain that is no
 * domain is never asked about; an answer that does not come, or names no tenant, is undefined.
 * Follows learn.microsoft.com/entra/identity-platform/v2-protocols-oidc.
 */
export function createTenantDiscovery({
  fetch,
  timeout,
  authority = microsoft,
}: {
  readonly fetch: DiscoveryFetch;
  /** A signal for one call, which fires when it has taken too long. */
  readonly timeout: () => AbortSignal;
  /** Where it is asked; an answer counts only if it names a tenant of Microsoft's sign-in. */
  readonly authority?: string;
}): TenantOfDomain {
  return async (typed) => {
    const domain = readDomain(typed);
    if (domain === undefined) return undefined;
    try {
      const address = `${authority}/${domain}/v2.0/.well-known/openid-configuration`;
      const response = await fetch(address, { redirect: 'error', signal: timeout() });
      const text = response.status === 200 ? await response.text() : '';
      return text.length > longestDiscoveryAnswer ? undefined : readIssuer(text);
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

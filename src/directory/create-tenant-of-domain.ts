import type { TenantOfDomain } from './create-domain-search.ts';
import { readDomain } from './read-domain.ts';

const microsoft = 'https://login.microsoftonline.com';
const longestAnswer = 65_536;

/** As much of `fetch` as it takes. */
export type DiscoveryFetch = (
  address: string,
  options: { readonly redirect: 'error'; readonly signal: AbortSignal },
) => Promise<Pick<Response, 'status' | 'text'>>;

/**
 * Asks Microsoft's sign-in by OpenID discovery which tenant a domain belongs to. No token is sent. A domain that is no
 * domain is never asked about; an answer that does not come, or names no tenant, is undefined.
 * Follows learn.microsoft.com/entra/identity-platform/v2-protocols-oidc.
 */
export function createTenantOfDomain({
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
      return text.length > longestAnswer ? undefined : readIssuer(text);
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

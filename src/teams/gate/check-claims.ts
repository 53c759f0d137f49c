import type { TokenClaims } from './read-bearer-token.ts';

/** Clocks may differ by five minutes, as Bot Framework's documentation allows. */
const skewSeconds = 5 * 60;

/**
 * Holds what a token says against what it has to say; `now` in milliseconds since 1970. Undefined where nothing is
 * wrong. See https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication.
 */
export function checkClaims(
  claims: TokenClaims,
  {
    issuer,
    appId,
    serviceUrl,
    now,
  }: {
    readonly issuer: string;
    readonly appId: string;
    /** The body's service address, in the spelling it was sent in. */
    readonly serviceUrl: string;
    readonly now: number;
  },
): 'token-claims' | 'token-address' | undefined {
  const seconds = now / 1000;
  // Rule 5: Bot Framework issued it, for this app, and it holds now; a token without an end is none.
  if (claims.issuer !== issuer) return 'token-claims';
  if (claims.audience !== appId) return 'token-claims';
  if (claims.expires === undefined || !(seconds < claims.expires + skewSeconds)) return 'token-claims';
  if (claims.notBefore !== undefined && !(claims.notBefore - skewSeconds <= seconds)) return 'token-claims';
  // Rule 6: the token names the address that answers go to, and it is the body's.
  return claims.serviceUrl === serviceUrl ? undefined : 'token-address';
}

import { verify } from 'node:crypto';
import { readProperty, readTextProperty } from '../../base/index.ts';
import type { SigningKey } from './signing-keys.ts';

const longestToken = 8192;
const threeParts = /^Bearer [\w-]+\.[\w-]+\.[\w-]+$/;

/** What a token says of itself, before anything proves it. Times are seconds since 1970. */
export type TokenClaims = {
  readonly issuer: string | undefined;
  readonly audience: string | undefined;
  readonly expires: number | undefined;
  readonly notBefore: number | undefined;
  readonly serviceUrl: string | undefined;
};

type BearerToken = {
  readonly keyId: string;
  readonly claims: TokenClaims;
  /** The bytes that were signed. */
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
};

/**
 * Reads the `Authorization` header of Bot Framework. Rule 2: it is `Bearer` and one signed token whose algorithm is
 * RS256 and that names its key; anything else, `none` and HS256 above all, is undefined before any key is looked up. See
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication.
 */
export function parseBearerToken(authorization: string | undefined): BearerToken | undefined {
  if (authorization === undefined || authorization.length > longestToken) return undefined;
  if (!threeParts.test(authorization)) return undefined;
  const token = authorization.slice('Bearer '.length);
  const signed = token.slice(0, token.lastIndexOf('.'));
  const header = parseTokenPart(signed.slice(0, signed.indexOf('.')));
  const claims = parseTokenPart(signed.slice(signed.indexOf('.') + 1));
  const keyId = readTextProperty(header, 'kid', 256);
  // `crit` names extensions without which a token must not be understood; none is known here.
  if (readProperty(header, 'alg') !== 'RS256' || keyId === undefined || readProperty(header, 'crit') !== undefined) {
    return undefined;
  }
  if (claims === undefined) return undefined;
  return {
    keyId,
    claims: {
      issuer: readTextProperty(claims, 'iss', 1024),
      audience: readTextProperty(claims, 'aud', 1024),
      expires: readSeconds(claims, 'exp'),
      notBefore: readSeconds(claims, 'nbf'),
      serviceUrl: readTextProperty(claims, 'serviceurl', 1024),
    },
    signed: Buffer.from(signed),
    signature: Buffer.from(token.slice(signed.length + 1), 'base64url'),
  };
}

function parseTokenPart(part: string): object | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined where it is not there; not a number where it is no time. */
function readSeconds(claims: object, key: string): number | undefined {
  const value = readProperty(claims, key);
  if (value === undefined) return undefined;
  return typeof value === 'number' ? value : Number.NaN;
}

/** Clocks may differ by five minutes, as Bot Framework's documentation allows. */
const skewSeconds = 5 * 60;

/**
 * Holds what a token says against what it has to say; `now` in milliseconds since 1970. Undefined where nothing is
 * wrong. See https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication.
 */
export function verifyClaims(
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

/** Whether that key signed exactly these bytes. */
export function isSignatureValid({ signed, signature }: BearerToken, { key }: SigningKey): boolean {
  return verify('RSA-SHA256', signed, key, signature);
}

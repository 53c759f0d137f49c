import { readOwn } from '../read-own.ts';
import { readOwnText } from '../read-own-text.ts';

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

export type BearerToken = {
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
export function readBearerToken(authorization: string | undefined): BearerToken | undefined {
  if (authorization === undefined || authorization.length > longestToken) return undefined;
  if (!threeParts.test(authorization)) return undefined;
  const token = authorization.slice('Bearer '.length);
  const signed = token.slice(0, token.lastIndexOf('.'));
  const header = parse(signed.slice(0, signed.indexOf('.')));
  const claims = parse(signed.slice(signed.indexOf('.') + 1));
  const keyId = readOwnText(header, 'kid', 256);
  // `crit` names extensions without which a token must not be understood; none is known here.
  if (readOwn(header, 'alg') !== 'RS256' || keyId === undefined || readOwn(header, 'crit') !== undefined) {
    return undefined;
  }
  if (claims === undefined) return undefined;
  return {
    keyId,
    claims: {
      issuer: readOwnText(claims, 'iss', 1024),
      audience: readOwnText(claims, 'aud', 1024),
      expires: readSeconds(claims, 'exp'),
      notBefore: readSeconds(claims, 'nbf'),
      serviceUrl: readOwnText(claims, 'serviceurl', 1024),
    },
    signed: Buffer.from(signed),
    signature: Buffer.from(token.slice(signed.length + 1), 'base64url'),
  };
}

function parse(part: string): object | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined where it is not there; not a number where it is no time. */
function readSeconds(claims: object, key: string): number | undefined {
  const value = readOwn(claims, key);
  if (value === undefined) return undefined;
  return typeof value === 'number' ? value : Number.NaN;
}

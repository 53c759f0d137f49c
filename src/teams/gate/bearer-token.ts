import { verify } from 'node:crypto';
// By their own entries, for a quick start: the whole of jose is 46 modules.
import type { JWTClaimVerificationOptions } from 'jose';
import { decodeProtectedHeader } from 'jose/decode/protected_header';
import { decodeJwt } from 'jose/jwt/decode';
import { UnsecuredJWT } from 'jose/jwt/unsecured';
import { jwtVerify } from 'jose/jwt/verify';
import { z } from 'zod';
import { readProperty, readTextProperty, teamsTunables } from '../../base/index.ts';
import type { SigningKey } from './signing-keys.ts';

const threeParts = /^Bearer (?<text>[\w-]+\.(?<claims>[\w-]+)\.[\w-]+)$/;
const tokenParts = z.object({ text: z.string(), claims: z.string() });
const algorithm = 'RS256';
/** A token of the right form. Nothing in it is proven. */
export type BearerToken = {
  /** The three parts as they were sent, without `Bearer`. */
  readonly text: string;
  /** The second part of them, still encoded. */
  readonly claims: string;
  readonly keyId: string;
  readonly audience: string | undefined;
  /** Where the answers to the activity go. */
  readonly serviceUrl: string | undefined;
};

/** What a token must say. */
export type ExpectedClaims = {
  readonly issuer: string;
  readonly appId: string;
  /** The address in the body, in the spelling it was sent in. */
  readonly serviceUrl: string;
  /** Milliseconds since 1970. */
  readonly now: number;
};

/**
 * Reads the `Authorization` header of Bot Framework. Rule 2: it is `Bearer` and one signed token, whose algorithm is RS256
 * and which names its key. For everything else, above all `none` and HS256, it returns undefined before any key is
 * looked up. See https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication.
 */
export function parseBearerToken(authorization: string | undefined): BearerToken | undefined {
  if (authorization === undefined || authorization.length > teamsTunables.maxAuthorizationLength) return undefined;
  const parts = tokenParts.safeParse(threeParts.exec(authorization)?.groups);
  if (!parts.success) return undefined;
  const { text, claims } = parts.data;
  try {
    const header = decodeProtectedHeader(text);
    const said = decodeJwt(text);
    const keyId = readTextProperty(header, 'kid', 256);
    // jose takes `b64` in `crit` for known. Bot Framework uses no extension, so any `crit` is refused.
    if (readProperty(header, 'alg') !== algorithm || readProperty(header, 'crit') !== undefined) return undefined;
    if (keyId === undefined) return undefined;
    return {
      text,
      claims,
      keyId,
      audience: readTextProperty(said, 'aud', 1024),
      serviceUrl: readTextProperty(said, 'serviceurl', 1024),
    };
  } catch {
    return undefined;
  }
}

/**
 * Judges what a token says, before any key is fetched for it; undefined if all is right. Only the signature proves it:
 * call `isAuthentic` afterwards.
 */
export function verifyClaims(
  token: BearerToken,
  expected: ExpectedClaims,
): 'token-claims' | 'token-address' | undefined {
  // Rule 5: Bot Framework issued it for this app and no other one, it has an end, and it is valid now.
  if (token.audience !== expected.appId) return 'token-claims';
  if (!holdClaims(token, expected)) return 'token-claims';
  // Rule 6: the token names the address that answers go to, and it is the address in the body.
  return token.serviceUrl === expected.serviceUrl ? undefined : 'token-address';
}

/**
 * jose judges claims only behind a valid signature, but a forged token must not make the bot fetch keys. So jose judges
 * the same claims here as those of an unsigned token.
 */
function holdClaims({ claims }: BearerToken, expected: ExpectedClaims): boolean {
  try {
    UnsecuredJWT.decode(`${unsignedHeader}.${claims}.`, claimOptions(expected));
    return true;
  } catch {
    return false;
  }
}

const unsignedHeader = Buffer.from('{"alg":"none"}').toString('base64url');

function claimOptions({ issuer, appId, now }: ExpectedClaims): JWTClaimVerificationOptions {
  return {
    issuer,
    audience: appId,
    requiredClaims: ['exp'],
    clockTolerance: teamsTunables.tokenClockToleranceSeconds,
    currentDate: new Date(now),
  };
}

/** Whether that key signed exactly these bytes with RS256, and the claims hold. */
export async function isAuthentic(token: BearerToken, { key }: SigningKey, expected: ExpectedClaims): Promise<boolean> {
  try {
    await jwtVerify(token.text, key, { algorithms: [algorithm], ...claimOptions(expected) });
    return true;
  } catch {
    return false;
  }
}

/** Whether that key signed exactly these bytes, without a wait: for the address limit, which decides at once. */
export function isSignatureValid({ text }: BearerToken, { key }: SigningKey): boolean {
  const signed = text.slice(0, text.lastIndexOf('.'));
  const signature = Buffer.from(text.slice(signed.length + 1), 'base64url');
  return verify('RSA-SHA256', Buffer.from(signed), key, signature);
}

import { createHmac, generateKeyPairSync, type KeyObject, type KeyPairKeyObjectResult, sign } from 'node:crypto';

/** A key pair as the Bot Framework's key server tells of it. */
export type SigningPair = {
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly jwk: Readonly<Record<string, unknown>>;
};

const pairs = new Map<string, KeyPairKeyObjectResult>();

/**
 * The RSA pair of that name, made once for each process: that takes a tenth of a second of processor. Keys that have to differ
 * have different names.
 */
function pairOf(name: string, modulusLength: number): KeyPairKeyObjectResult {
  const made = pairs.get(name) ?? generateKeyPairSync('rsa', { modulusLength });
  pairs.set(name, made);
  return made;
}

/** An RSA pair, endorsed for the channels named; `null` leaves the endorsements out. Another `owner` has another key of that id. */
export function createSigningPair(
  id: string,
  endorsements: readonly string[] | null = ['msteams'],
  { owner = 'Microsoft', modulusLength = 2048 }: { readonly owner?: string; readonly modulusLength?: number } = {},
): SigningPair {
  const { privateKey, publicKey } = pairOf(`${owner} ${id} ${modulusLength}`, modulusLength);
  const { n, e } = publicKey.export({ format: 'jwk' });
  return {
    id,
    privateKey,
    jwk: { kty: 'RSA', use: 'sig', kid: id, x5t: id, n, e, ...(endorsements && { endorsements }) },
  };
}

/** A token, signed with RS256 unless the header says HS256 or none; `header` and `claims` may hold anything. */
export function signToken(
  pair: SigningPair,
  claims: Readonly<Record<string, unknown>>,
  header: Readonly<Record<string, unknown>> = {},
): string {
  const head = { alg: 'RS256', typ: 'JWT', kid: pair.id, x5t: pair.id, ...header };
  const signed = [head, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${signed}.${signatureOf(pair, head.alg, signed)}`;
}

function signatureOf({ privateKey, jwk }: SigningPair, algorithm: string, signed: string): string {
  if (algorithm === 'none') return '';
  // What a forger would do: take the public key, which everybody has, for a shared secret.
  if (algorithm === 'HS256') return createHmac('sha256', String(jwk['n'])).update(signed).digest('base64url');
  return sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url');
}

/** The claims of a good token: of `appId`, for `serviceUrl`, made now and good for an hour. */
export function goodClaims(
  { appId, serviceUrl, now }: { readonly appId: string; readonly serviceUrl: string; readonly now: number },
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const seconds = Math.floor(now / 1000);
  return {
    serviceurl: serviceUrl,
    nbf: seconds,
    exp: seconds + 3600,
    iss: 'https://api.botframework.com',
    aud: appId,
    ...changes,
  };
}

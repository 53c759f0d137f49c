import type { Clock } from '../../clock.ts';
import { checkClaims } from './check-claims.ts';
import type { SigningKeys } from './create-signing-keys.ts';
import { isSignedBy } from './is-signed-by.ts';
import { readBearerToken } from './read-bearer-token.ts';

/**
 * Tells by the header alone, and without asking anybody for keys, whether Bot Framework signed a token for this bot that
 * holds now. It lets nobody in: the body may still not be what the token was made for.
 */
export function createSignatureCheck({
  keys,
  issuer,
  appId,
  clock,
}: {
  readonly keys: Pick<SigningKeys, 'known'>;
  readonly issuer: string;
  readonly appId: string;
  readonly clock: Clock;
}): (authorization: string | undefined) => boolean {
  return (authorization) => {
    const token = readBearerToken(authorization);
    if (token?.claims.serviceUrl === undefined) return false;
    const { serviceUrl } = token.claims;
    if (checkClaims(token.claims, { issuer, appId, serviceUrl, now: clock.now() }) !== undefined) return false;
    const key = keys.known(token.keyId);
    return key !== undefined && isSignedBy(token, key);
  };
}

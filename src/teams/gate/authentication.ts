import { type Clock, readProperty, readTextProperty } from '../../base/index.ts';
import { parseServiceUrl } from '../connector/bot-framework-endpoints.ts';
import type { GateRule } from './admission.ts';
import { isSignatureValid, parseBearerToken, type TokenClaims, verifyClaims } from './bearer-token.ts';
import type { SigningKeys } from './signing-keys.ts';

const channel = 'msteams';

type TokenVerification =
  { readonly kind: 'authentic'; readonly claims: TokenClaims } | { readonly kind: 'refused'; readonly rule: GateRule };

/**
 * Checks that Bot Framework sent an activity, by every check its documentation lists; the keys are asked for last. It
 * is not left to the SDK, which fetches keys without a time limit, takes a lost connection for a forged token, passes
 * keys without endorsements, and activities without a service address. See
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication.
 */
export function createTokenVerifier({
  keys,
  issuer,
  appId,
  clock,
}: {
  readonly keys: Pick<SigningKeys, 'find'>;
  readonly issuer: string;
  readonly appId: string;
  readonly clock: Clock;
}): (activity: object, authorization: string | undefined) => Promise<TokenVerification> {
  return async (activity, authorization) => {
    const token = parseBearerToken(authorization);
    if (token === undefined) return refused('token-form');
    // Rule 3: Teams, exactly; the channel is what the key has to be endorsed for.
    if (readProperty(activity, 'channelId') !== channel) return refused('channel');
    // Rule 4: answers go to Microsoft's own connector hosts only, wherever the token would have them.
    const serviceUrl = readTextProperty(activity, 'serviceUrl', 1024);
    if (serviceUrl === undefined || parseServiceUrl(serviceUrl, { loopback: false }).kind === 'refused') {
      return refused('service-address');
    }
    const wrong = verifyClaims(token.claims, { issuer, appId, serviceUrl, now: clock.now() });
    if (wrong !== undefined) return refused(wrong);
    const found = await keys.find(token.keyId);
    switch (found.kind) {
      case 'unavailable':
        // Rule 8: without Microsoft's keys nobody is let in, and Bot Framework is asked to send it again.
        return refused('keys-unavailable');
      case 'unknown':
        return refused('signing-key');
      case 'key':
        // Rule 7: a key of Bot Framework, endorsed for this channel by name.
        if (!found.key.endorsements.includes(channel)) return refused('signing-key');
        // Rule 9: that key signed exactly these bytes.
        if (!isSignatureValid(token, found.key)) return refused('signature');
        return { kind: 'authentic', claims: token.claims };
    }
  };
}

function refused(rule: GateRule): TokenVerification {
  return { kind: 'refused', rule };
}

/**
 * Tells by the header alone, and without asking anybody for keys, whether Bot Framework signed a token for this bot that
 * holds now. It lets nobody in: the body may still not be what the token was made for.
 */
export function createOfflineTokenVerifier({
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
    const token = parseBearerToken(authorization);
    if (token?.claims.serviceUrl === undefined) return false;
    const { serviceUrl } = token.claims;
    if (verifyClaims(token.claims, { issuer, appId, serviceUrl, now: clock.now() }) !== undefined) return false;
    const key = keys.known(token.keyId);
    return key !== undefined && isSignatureValid(token, key);
  };
}

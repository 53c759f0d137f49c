import { type Clock, readProperty, readTextProperty } from '../../base/index.ts';
import { parseServiceUrl } from '../connector/bot-framework-endpoints.ts';
import type { GateRule, TokenClaims } from './admission.ts';
import { isAuthentic, isSignatureValid, parseBearerToken, verifyClaims } from './bearer-token.ts';
import type { SigningKeys } from './signing-keys.ts';

const channel = 'msteams';

type TokenVerification =
  { readonly kind: 'authentic'; readonly claims: TokenClaims } | { readonly kind: 'refused'; readonly rule: GateRule };

/** Which tokens are for this bot. */
type TokenSettings = { readonly issuer: string; readonly appId: string; readonly clock: Clock };

/**
 * Checks that Bot Framework sent an activity, by every check that its documentation lists; the keys come last. The SDK's
 * own check is not enough: it fetches keys without a time limit and takes a lost connection for a forged token. It also
 * accepts keys without endorsements, and activities without a service address. See
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication.
 *
 * @returns a function of the body as it was parsed from JSON and the `Authorization` header. It never rejects.
 */
export function createTokenVerifier({
  keys,
  issuer,
  appId,
  clock,
}: TokenSettings & { readonly keys: Pick<SigningKeys, 'find'> }): (
  activity: object,
  authorization: string | undefined,
) => Promise<TokenVerification> {
  return async (activity, authorization) => {
    const token = parseBearerToken(authorization);
    if (token === undefined) return refused('token-form');
    // Rule 3: the channel is exactly Teams. The key has to be endorsed for that channel.
    if (readProperty(activity, 'channelId') !== channel) return refused('channel');
    // Rule 4: answers go to Microsoft's own connector hosts only, even if a token names another host.
    const serviceUrl = readTextProperty(activity, 'serviceUrl', 1024);
    if (serviceUrl === undefined || parseServiceUrl(serviceUrl, { loopback: false }).kind === 'refused') {
      return refused('service-address');
    }
    const expected = { issuer, appId, serviceUrl, now: clock.now() };
    const wrong = verifyClaims(token, expected);
    if (wrong !== undefined) return refused(wrong);
    const found = await keys.find(token.keyId);
    switch (found.kind) {
      case 'unavailable':
        // Rule 8: without Microsoft's keys the gate refuses everything, and asks Bot Framework to send it again.
        return refused('keys-unavailable');
      case 'unknown':
        return refused('signing-key');
      case 'key':
        // Rule 7: it is a key of Bot Framework, and it is endorsed for this channel by name.
        if (!found.key.endorsements.includes(channel)) return refused('signing-key');
        // Rule 9: that key signed exactly these bytes.
        if (!(await isAuthentic(token, found.key, expected))) return refused('signature');
        return { kind: 'authentic', claims: { issuer, audience: appId, serviceUrl } };
    }
  };
}

function refused(rule: GateRule): TokenVerification {
  return { kind: 'refused', rule };
}

/**
 * Tells from the header alone whether Bot Framework signed a token for this bot that is valid now. It uses the keys that
 * are in memory and fetches none. It lets no activity in, because the body may differ from what the token was made for.
 */
export function createOfflineTokenVerifier({
  keys,
  issuer,
  appId,
  clock,
}: TokenSettings & { readonly keys: Pick<SigningKeys, 'known'> }): (authorization: string | undefined) => boolean {
  return (authorization) => {
    const token = parseBearerToken(authorization);
    if (token?.serviceUrl === undefined) return false;
    const expected = { issuer, appId, serviceUrl: token.serviceUrl, now: clock.now() };
    if (verifyClaims(token, expected) !== undefined) return false;
    const key = keys.known(token.keyId);
    return key !== undefined && isSignatureValid(token, key);
  };
}

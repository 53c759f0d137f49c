import type { Clock } from '../../clock.ts';
import { readOwn } from '../read-own.ts';
import { readOwnText } from '../read-own-text.ts';
import { readServiceUrl } from '../read-service-url.ts';
import { checkClaims } from './check-claims.ts';
import type { SigningKeys } from './create-signing-keys.ts';
import type { GateRule } from './gate.ts';
import { isSignedBy } from './is-signed-by.ts';
import { readBearerToken, type TokenClaims } from './read-bearer-token.ts';

const channel = 'msteams';

export type Authenticity =
  { readonly kind: 'authentic'; readonly claims: TokenClaims } | { readonly kind: 'refused'; readonly rule: GateRule };

/**
 * Checks that Bot Framework sent an activity, by every check its documentation lists; the keys are asked for last. It
 * is not left to the SDK, which fetches keys without a time limit, takes a lost connection for a forged token, passes
 * keys without endorsements, and activities without a service address. See
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication.
 */
export function createTokenCheck({
  keys,
  issuer,
  appId,
  clock,
}: {
  readonly keys: Pick<SigningKeys, 'find'>;
  readonly issuer: string;
  readonly appId: string;
  readonly clock: Clock;
}): (activity: object, authorization: string | undefined) => Promise<Authenticity> {
  return async (activity, authorization) => {
    const token = readBearerToken(authorization);
    if (token === undefined) return refused('token-form');
    // Rule 3: Teams, exactly; the channel is what the key has to be endorsed for.
    if (readOwn(activity, 'channelId') !== channel) return refused('channel');
    // Rule 4: answers go to Microsoft's own connector hosts only, wherever the token would have them.
    const serviceUrl = readOwnText(activity, 'serviceUrl', 1024);
    if (serviceUrl === undefined || readServiceUrl(serviceUrl, { loopback: false }).kind === 'refused') {
      return refused('service-address');
    }
    const wrong = checkClaims(token.claims, { issuer, appId, serviceUrl, now: clock.now() });
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
        if (!isSignedBy(token, found.key)) return refused('signature');
        return { kind: 'authentic', claims: token.claims };
    }
  };
}

function refused(rule: GateRule): Authenticity {
  return { kind: 'refused', rule };
}

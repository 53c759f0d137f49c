import type { Activity } from 'botbuilder';
import type { AuthenticateRequestResult } from 'botframework-connector';
import { ClaimsIdentity } from 'botframework-connector';

import type { BotAuthentication } from './bot-authentication.ts';
import { botFrameworkEndpoints } from './bot-framework-endpoints.ts';
import type { TokenClaims } from './gate/read-bearer-token.ts';

/**
 * Tells the SDK on whose word a turn runs. The claims are those the gate has checked; without any the SDK judges for
 * itself, which lets everything in where the bot is no Azure Bot, and nothing at all where it is one.
 */
export async function authoriseTurn(
  authentication: BotAuthentication,
  activity: Activity,
  claims: TokenClaims | undefined,
): Promise<AuthenticateRequestResult> {
  if (claims === undefined) {
    const judged = await authentication.authenticateRequest(activity, '');
    return { ...judged, connectorFactory: authentication.createConnectorFactory(judged.claimsIdentity) };
  }
  const facts = { iss: claims.issuer, aud: claims.audience, serviceurl: claims.serviceUrl };
  const claimsIdentity = new ClaimsIdentity(
    Object.entries(facts).flatMap(([type, value]) => (value === undefined ? [] : [{ type, value }])),
    true,
  );
  return {
    audience: botFrameworkEndpoints.oauthScope,
    callerId: botFrameworkEndpoints.callerId,
    claimsIdentity,
    connectorFactory: authentication.createConnectorFactory(claimsIdentity),
  };
}

import type { Activity, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type { AuthenticateRequestResult } from 'botframework-connector';
import { ClaimsIdentity } from 'botframework-connector';

import { botFrameworkEndpoints } from './bot-framework-endpoints.ts';
import type { TokenClaims } from './gate/read-bearer-token.ts';

/**
 * Tells the SDK on whose word a turn runs. The claims are those the gate has checked; without any the SDK judges for
 * itself, which lets everything in where the bot is no Azure Bot, and nothing at all where it is one.
 */
export async function authoriseTurn(
  authentication: ConfigurationBotFrameworkAuthentication,
  activity: Activity,
  claims: TokenClaims | undefined,
): Promise<AuthenticateRequestResult> {
  if (claims === undefined) return authentication.authenticateRequest(activity, '');
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

import type { ServiceClientCredentialsFactory } from 'botframework-connector';

import type { Secret } from '../secret.ts';
import { BotAuthentication } from './bot-authentication.ts';
import { botFrameworkEndpoints, type BotFrameworkEndpoints } from './bot-framework-endpoints.ts';

/**
 * Which Azure Bot this is; the sandbox is none, and then nothing is signed and no token is checked. `getToken` gives a
 * token for the connector, and rejects where there is none.
 */
export type BotIdentity =
  | { readonly kind: 'sandbox' }
  | { readonly kind: 'bot'; readonly appId: string; readonly getToken: () => Promise<Secret> };

/**
 * The Bot Framework's sign-in, for sending. Its endpoints are given by all their names at once: any one of them switches
 * the SDK to a mode in which it knows none of the others by itself. Settings of the environment never get here, and
 * tokens come from `getToken`, because the SDK fetches its own without a time limit. See
 * https://learn.microsoft.com/azure/bot-service/bot-builder-authentication-basics.
 */
export function createBotAuthentication(
  identity: BotIdentity,
  endpoints: BotFrameworkEndpoints = botFrameworkEndpoints,
): BotAuthentication {
  if (identity.kind === 'sandbox') {
    return new BotAuthentication({ MicrosoftAppId: '', MicrosoftAppType: 'MultiTenant' });
  }
  const { appId, getToken } = identity;
  return new BotAuthentication(
    {
      MicrosoftAppId: appId,
      ToChannelFromBotLoginUrl: endpoints.loginUrl,
      ToChannelFromBotOAuthScope: endpoints.oauthScope,
      ToBotFromChannelTokenIssuer: endpoints.tokenIssuer,
      OAuthUrl: endpoints.oauthUrl,
      ToBotFromChannelOpenIdMetadataUrl: endpoints.openIdMetadataUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: endpoints.emulatorOpenIdMetadataUrl,
      CallerId: endpoints.callerId,
    },
    signAs(appId, getToken),
  );
}

function signAs(appId: string, getToken: () => Promise<Secret>): ServiceClientCredentialsFactory {
  return {
    isValidAppId: (id) => Promise.resolve(id === appId),
    isAuthenticationDisabled: () => Promise.resolve(false),
    createCredentials: () =>
      Promise.resolve({
        async signRequest(request) {
          (await getToken()).reveal((token) => {
            request.headers.set('authorization', `Bearer ${token}`);
          });
          return request;
        },
      }),
  };
}

import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';

import type { Secret } from '../secret.ts';
import { botFrameworkEndpoints, type BotFrameworkEndpoints } from './bot-framework-endpoints.ts';

/** Which Azure Bot this is; the sandbox is none, and then nothing is signed and no token is checked. */
export type BotIdentity =
  | { readonly kind: 'sandbox' }
  | { readonly kind: 'single-tenant'; readonly appId: string; readonly tenantId: string; readonly password: Secret }
  | { readonly kind: 'managed-identity'; readonly appId: string; readonly tenantId: string };

/**
 * The Bot Framework's sign-in, for sending. Its endpoints are given by all their names at once: any one of them switches
 * the SDK to a mode in which it knows none of the others by itself. Settings of the environment never get here. See
 * https://learn.microsoft.com/azure/bot-service/bot-builder-authentication-basics.
 */
export function createBotAuthentication(
  identity: BotIdentity,
  endpoints: BotFrameworkEndpoints = botFrameworkEndpoints,
): ConfigurationBotFrameworkAuthentication {
  const names = {
    ToChannelFromBotLoginUrl: endpoints.loginUrl,
    ToChannelFromBotOAuthScope: endpoints.oauthScope,
    ToBotFromChannelTokenIssuer: endpoints.tokenIssuer,
    OAuthUrl: endpoints.oauthUrl,
    ToBotFromChannelOpenIdMetadataUrl: endpoints.openIdMetadataUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: endpoints.emulatorOpenIdMetadataUrl,
    CallerId: endpoints.callerId,
  };
  switch (identity.kind) {
    case 'sandbox':
      return new ConfigurationBotFrameworkAuthentication({ MicrosoftAppId: '', MicrosoftAppType: 'MultiTenant' });
    case 'single-tenant': {
      const { appId, tenantId, password } = identity;
      return password.reveal(
        (value) =>
          new ConfigurationBotFrameworkAuthentication({
            ...names,
            MicrosoftAppId: appId,
            MicrosoftAppPassword: value,
            MicrosoftAppTenantId: tenantId,
            MicrosoftAppType: 'SingleTenant',
          }),
      );
    }
    case 'managed-identity':
      return new ConfigurationBotFrameworkAuthentication({
        ...names,
        MicrosoftAppId: identity.appId,
        MicrosoftAppTenantId: identity.tenantId,
        MicrosoftAppType: 'UserAssignedMsi',
      });
  }
}

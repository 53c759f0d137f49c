import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';

import type { Secret } from '../secret.ts';

/** Which Azure Bot this is; the sandbox is none, and then nothing is signed and no token is checked. */
export type BotIdentity =
  | { readonly kind: 'sandbox' }
  | { readonly kind: 'single-tenant'; readonly appId: string; readonly tenantId: string; readonly password: Secret }
  | { readonly kind: 'managed-identity'; readonly appId: string; readonly tenantId: string };

/**
 * The Bot Framework's sign-in, both ways. It is given the four `MicrosoftApp…` names alone: any further name silently
 * switches the SDK to a mode in which all the others have to be given too. See
 * https://learn.microsoft.com/azure/bot-service/bot-builder-authentication-basics.
 */
export function createBotAuthentication(identity: BotIdentity): ConfigurationBotFrameworkAuthentication {
  switch (identity.kind) {
    case 'sandbox':
      return new ConfigurationBotFrameworkAuthentication({ MicrosoftAppId: '', MicrosoftAppType: 'MultiTenant' });
    case 'single-tenant': {
      const { appId, tenantId, password } = identity;
      return password.reveal(
        (value) =>
          new ConfigurationBotFrameworkAuthentication({
            MicrosoftAppId: appId,
            MicrosoftAppPassword: value,
            MicrosoftAppTenantId: tenantId,
            MicrosoftAppType: 'SingleTenant',
          }),
      );
    }
    case 'managed-identity':
      return new ConfigurationBotFrameworkAuthentication({
        MicrosoftAppId: identity.appId,
        MicrosoftAppTenantId: identity.tenantId,
        MicrosoftAppType: 'UserAssignedMsi',
      });
  }
}

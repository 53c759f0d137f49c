import {
  AuthError,
  ConfidentialClientApplication,
  ManagedIdentityApplication,
  type INetworkModule,
} from '@azure/msal-node';

import { Secret } from '../secret.ts';
import { BotTokenError } from './bot-token-error.ts';

/** Which Azure Bot this is, by the Bot Framework's own kinds. */
export type BotApp =
  | { readonly kind: 'single-tenant'; readonly appId: string; readonly tenantId: string; readonly password: Secret }
  | { readonly kind: 'managed-identity'; readonly appId: string };

const audience = 'https://api.botframework.com';

/**
 * Signs the bot itself in, for sending. A token is kept in memory until shortly before its end; nobody signs in twice at
 * once. Where there is none to be had it rejects with a `BotTokenError`. See
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication.
 */
export function createBotToken({
  bot,
  authority,
  networkClient,
}: {
  readonly bot: BotApp;
  /** Microsoft Entra, without the tenant. */
  readonly authority: string;
  readonly networkClient: INetworkModule;
}): () => Promise<Secret> {
  const acquire = createAcquire(bot, authority, networkClient);
  let asking: Promise<Secret> | undefined;
  return () => {
    asking ??= acquire()
      .then((result) => {
        if (result === null || result.accessToken === '') throw new BotTokenError('no_token');
        return new Secret(result.accessToken);
      })
      .catch((failure: unknown) => {
        if (failure instanceof BotTokenError) throw failure;
        throw new BotTokenError(failure instanceof AuthError ? failure.errorCode : 'unreachable');
      })
      .finally(() => {
        asking = undefined;
      });
    return asking;
  };
}

function createAcquire(bot: BotApp, authority: string, networkClient: INetworkModule) {
  const system = { networkClient, disableInternalRetries: true };
  switch (bot.kind) {
    case 'single-tenant': {
      const { appId: clientId, tenantId, password } = bot;
      const application = password.reveal(
        (clientSecret) =>
          new ConfidentialClientApplication({
            auth: { clientId, clientSecret, authority: `${authority}/${tenantId}` },
            system,
          }),
      );
      return () => application.acquireTokenByClientCredential({ scopes: [`${audience}/.default`] });
    }
    case 'managed-identity': {
      const application = new ManagedIdentityApplication({
        managedIdentityIdParams: { userAssignedClientId: bot.appId },
        system,
      });
      return () => application.acquireToken({ resource: audience });
    }
  }
}

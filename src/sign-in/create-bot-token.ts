import { AuthError, ManagedIdentityApplication } from '@azure/msal-node';
import { Secret } from '../secret.ts';
import { BotTokenError } from './bot-token-error.ts';
import { createMsalApp, type SignInMeans } from './create-msal-app.ts';

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
  ...means
}: { readonly bot: BotApp } & Omit<SignInMeans, 'app'>): () => Promise<Secret> {
  const acquire = createAcquire(bot, means);
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

function createAcquire(bot: BotApp, means: Omit<SignInMeans, 'app'>) {
  switch (bot.kind) {
    case 'single-tenant': {
      const { appId: clientId, tenantId, password } = bot;
      const app = { clientId, tenantId, credential: { kind: 'secret', secret: password } } as const;
      const { msal } = createMsalApp({ app, ...means }, new AbortController().signal);
      return () => msal.acquireTokenByClientCredential({ scopes: [`${audience}/.default`] });
    }
    case 'managed-identity': {
      // Where the token of a managed identity is had, msal reads from what Azure puts into the environment.
      const application = new ManagedIdentityApplication({
        managedIdentityIdParams: { userAssignedClientId: bot.appId },
        system: { disableInternalRetries: true },
      });
      return () => application.acquireToken({ resource: audience });
    }
  }
}

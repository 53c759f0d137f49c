import { AuthError, ManagedIdentityApplication } from '@azure/msal-node';
import { Secret } from '../secret.ts';
import { BotTokenError } from './bot-token-error.ts';
import { createAppToken } from './create-app-token.ts';
import type { SignInMeans } from './create-msal-app.ts';
import { SignInError } from './sign-in-error.ts';

/** Which Azure Bot this is, by the Bot Framework's own kinds. */
export type BotApp =
  | { readonly kind: 'single-tenant'; readonly appId: string; readonly tenantId: string; readonly password: Secret }
  | { readonly kind: 'managed-identity'; readonly appId: string };

const resource = 'https://api.botframework.com';

/**
 * Signs the bot itself in, for sending. A token is kept in memory until shortly before its end. Where there is none to be
 * had it rejects with a `BotTokenError`. See
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication.
 */
export function createBotToken({
  bot,
  ...means
}: { readonly bot: BotApp } & Omit<SignInMeans, 'app'>): () => Promise<Secret> {
  const getToken = bot.kind === 'single-tenant' ? bySecret(bot, means) : byIdentity(bot.appId);
  return async () => {
    try {
      return await getToken();
    } catch (failure) {
      if (failure instanceof SignInError) throw new BotTokenError(failure.code);
      throw new BotTokenError(failure instanceof AuthError ? failure.errorCode : 'unreachable');
    }
  };
}

function bySecret(
  { appId: clientId, tenantId, password: secret }: Extract<BotApp, { readonly kind: 'single-tenant' }>,
  means: Omit<SignInMeans, 'app'>,
): () => Promise<Secret> {
  return createAppToken({ ...means, app: { clientId, tenantId, credential: { kind: 'secret', secret } } }, resource);
}

/** Where the token of a managed identity is had, msal reads from what Azure puts into the environment. */
function byIdentity(userAssignedClientId: string): () => Promise<Secret> {
  const application = new ManagedIdentityApplication({
    managedIdentityIdParams: { userAssignedClientId },
    system: { disableInternalRetries: true },
  });
  return async () => new Secret((await application.acquireToken({ resource })).accessToken);
}

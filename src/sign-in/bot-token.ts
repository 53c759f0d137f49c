import { AuthError, ManagedIdentityApplication } from '@azure/msal-node';
import { type Clock, type Log, Secret } from '../base/index.ts';
import type { RaiseAlarm } from '../reset/index.ts';
import { createAppToken } from './app-token.ts';
import type { SignInDependencies } from './msal-client.ts';
import { needsAdministrator, readSignInError, SignInError } from './sign-in-error.ts';

/** Which Azure Bot this is, by the Bot Framework's own kinds. */
export type BotApp =
  | { readonly kind: 'single-tenant'; readonly appId: string; readonly tenantId: string; readonly password: Secret }
  | { readonly kind: 'managed-identity'; readonly appId: string };

const resource = 'https://api.botframework.com';
const identityMilliseconds = 20_000;

/**
 * Signs the bot itself in, for sending. A token is kept in memory until shortly before its end. Where there is none to be
 * had it rejects with a `BotTokenError`, and says why in the log; what does not pass by itself is an alarm, once per cause. See
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication.
 */
export function createBotToken({
  bot,
  log,
  raiseAlarm,
  ...means
}: {
  readonly bot: BotApp;
  readonly log: Log;
  readonly raiseAlarm: RaiseAlarm;
} & Omit<SignInDependencies, 'app'>): () => Promise<Secret> {
  const getToken =
    bot.kind === 'single-tenant' ? createSecretToken(bot, means) : createManagedIdentityToken(bot.appId, means.clock);
  let said: SignInError | undefined;
  let told: SignInError['code'] | undefined;
  return async () => {
    try {
      const token = await getToken();
      told = undefined;
      return token;
    } catch (failure) {
      const isKnown = failure instanceof SignInError || failure instanceof AuthError;
      const error = isKnown ? readSignInError(failure) : new SignInError('unreachable');
      say(error);
      throw new BotTokenError(failure instanceof AuthError ? failure.errorCode : error.code);
    }
  };

  /** One refusal is the answer to many who ask, and is said once. */
  function say(error: SignInError): void {
    if (error === said) return;
    said = error;
    const { code: cause, entraCode } = error;
    log({ level: 'error', event: 'bot-sign-in-failed', cause, entraCode });
    if (!needsAdministrator(cause) || told === cause) return;
    told = cause;
    raiseAlarm({ kind: 'bot-sign-in-failed', cause });
  }
}

function createSecretToken(
  { appId: clientId, tenantId, password: secret }: Extract<BotApp, { readonly kind: 'single-tenant' }>,
  means: Omit<SignInDependencies, 'app'>,
): () => Promise<Secret> {
  return createAppToken({ ...means, app: { clientId, tenantId, credential: { kind: 'secret', secret } } }, resource);
}

/** Where the token of a managed identity is had, msal reads from what Azure puts into the environment. */
function createManagedIdentityToken(userAssignedClientId: string, clock: Clock): () => Promise<Secret> {
  const application = new ManagedIdentityApplication({
    managedIdentityIdParams: { userAssignedClientId },
    system: { disableInternalRetries: true },
  });
  return async () => {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const cancel = clock.after(identityMilliseconds, () => {
      reject(new SignInError('unreachable'));
    });
    try {
      return new Secret((await Promise.race([application.acquireToken({ resource }), late])).accessToken);
    } finally {
      cancel();
    }
  };
}

/** The bot got no token of its own. It holds the sign-in library's code for why, and nothing that was sent or came back. */
class BotTokenError extends Error {
  override readonly name = 'BotTokenError';
  readonly errorCode: string;

  constructor(errorCode: string) {
    super(`The bot got no token: ${errorCode}.`);
    this.errorCode = errorCode;
  }
}

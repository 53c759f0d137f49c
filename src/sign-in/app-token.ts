import type { ManagedIdentityApplication } from '@azure/msal-node';
import { callWithTimeout, type Clock, type Log, readTextProperty, Secret, signInTunables } from '../base/index.ts';
import type { BotApp } from '../config/index.ts';
import type { RaiseAlarm } from '../reset/index.ts';
import { callEntra, type SignInDependencies } from './msal-client.ts';
import { needsAdministrator, readSignInError, SignInError } from './entra-error-codes.ts';

type CachedToken = { readonly token: Secret; readonly expiresAt: number };
type GetToken = (options?: { readonly fresh?: boolean }) => Promise<Secret>;
type Refusal = { readonly error: SignInError; readonly at: number };

/**
 * Makes a function that gets a token of the application itself, without a user, for one resource such as
 * `https://graph.microsoft.com`. It caches the token until shortly before it expires. `fresh`: the resource refused the last
 * one; calls that are refused at once share the next one.
 * The function rejects with a `SignInError`. A refusal that needs an administrator answers later calls for a few
 * seconds too, without a request. See https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 */
export function createAppToken(dependencies: SignInDependencies, resource: string): GetToken {
  const { clock } = dependencies;
  let cached: CachedToken | undefined;
  let refusal: Refusal | undefined;
  let pending: Promise<CachedToken> | undefined;
  let lastFreshAt = -Infinity;
  return async ({ fresh = false } = {}) => {
    const now = clock.now();
    const isValid = cached !== undefined && now < cached.expiresAt - signInTunables.accessTokenSafetyMarginMilliseconds;
    if (cached !== undefined && isValid && (!fresh || isWithinShare(lastFreshAt, now))) return cached.token;
    if (refusal !== undefined && now >= refusal.at && now < refusal.at + signInTunables.appTokenRefusalMilliseconds) {
      throw refusal.error;
    }
    pending ??= requestToken().finally(() => {
      pending = undefined;
    });
    cached = await pending;
    if (fresh) lastFreshAt = now;
    return cached.token;
  };

  async function requestToken(): Promise<CachedToken> {
    try {
      return await callEntra(dependencies, async ({ msal, lifetimes }) => {
        const result = await msal.acquireTokenByClientCredential({
          scopes: [`${resource}/.default`],
          // Without this an environment variable of msal's own could choose another host.
          azureRegion: 'DisableMsalForceRegion',
        });
        const lives = lifetimes();
        if (result === null || result.accessToken === '' || lives === undefined) throw new SignInError('refused');
        refusal = undefined;
        return { token: new Secret(result.accessToken), expiresAt: lives.requestedAt + lives.accessToken };
      });
    } catch (failure) {
      const error = readSignInError(failure);
      if (needsAdministrator(error.code)) refusal = { error, at: clock.now() };
      throw error;
    }
  }
}

function isWithinShare(from: number, now: number): boolean {
  return now >= from && now - from < signInTunables.freshTokenShareMilliseconds;
}

const botFrameworkResource = 'https://api.botframework.com';

/**
 * Makes a function that gets the bot's own token, with which it sends messages. The token is cached until shortly before
 * it expires. `fresh`: the connector refused the last one. Where there is no token, the function rejects with a
 * `BotTokenError` and logs the cause.
 * A cause that needs an administrator raises one alarm, until the cause changes or a token is issued.
 * See https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
 */
export function createBotToken({
  bot,
  log,
  raiseAlarm,
  ...dependencies
}: {
  readonly bot: BotApp;
  readonly log: Log;
  readonly raiseAlarm: RaiseAlarm;
} & Omit<SignInDependencies, 'app'>): GetToken {
  const getToken =
    bot.kind === 'single-tenant'
      ? createSecretToken(bot, dependencies)
      : createManagedIdentityToken(bot.appId, dependencies.clock);
  let lastLoggedError: SignInError | undefined;
  let lastAlarmCause: SignInError['code'] | undefined;
  return async (options) => {
    try {
      const token = await getToken(options);
      lastAlarmCause = undefined;
      return token;
    } catch (failure) {
      const msalCode = readTextProperty(failure, 'errorCode', 128);
      const isKnown = failure instanceof SignInError || msalCode !== undefined;
      const error = isKnown ? readSignInError(failure) : new SignInError('unreachable');
      report(error);
      throw new BotTokenError(msalCode ?? error.code);
    }
  };

  /** Many callers may receive the same error object; it is logged once. */
  function report(error: SignInError): void {
    if (error === lastLoggedError) return;
    lastLoggedError = error;
    const { code: cause, entraCode } = error;
    log({ level: 'error', event: 'bot-sign-in-failed', cause, entraCode });
    if (!needsAdministrator(cause) || lastAlarmCause === cause) return;
    lastAlarmCause = cause;
    raiseAlarm({ kind: 'bot-sign-in-failed', cause });
  }
}

function createSecretToken(
  { appId: clientId, tenantId, password: secret }: Extract<BotApp, { readonly kind: 'single-tenant' }>,
  dependencies: Omit<SignInDependencies, 'app'>,
): GetToken {
  const app = { clientId, tenantId, credential: { kind: 'secret', secret } } as const;
  return createAppToken({ ...dependencies, app }, botFrameworkResource);
}

/**
 * msal reads the address of the identity endpoint from the environment that Azure sets.
 * See https://learn.microsoft.com/azure/app-service/overview-managed-identity
 */
function createManagedIdentityToken(userAssignedClientId: string, clock: Clock): GetToken {
  let application: ManagedIdentityApplication | undefined;
  let lastFreshAt = -Infinity;
  return async ({ fresh = false } = {}) => {
    const msal = await import('@azure/msal-node');
    application ??= new msal.ManagedIdentityApplication({
      managedIdentityIdParams: { userAssignedClientId },
      system: { disableInternalRetries: true },
    });
    const identity = application;
    const now = clock.now();
    const forceRefresh = fresh && !isWithinShare(lastFreshAt, now);
    if (forceRefresh) lastFreshAt = now;
    const call = await callWithTimeout(clock, signInTunables.managedIdentityTimeoutMilliseconds, () =>
      identity.acquireToken({ resource: botFrameworkResource, forceRefresh }),
    );
    switch (call.kind) {
      case 'answered':
        return new Secret(call.result.accessToken);
      case 'failed':
        throw call.error;
      case 'timeout':
        throw new SignInError('unreachable');
    }
  };
}

/** The bot got no token of its own. Holds msal's error code or ours; no part of the request or the answer. */
class BotTokenError extends Error {
  override readonly name = 'BotTokenError';
  readonly errorCode: string;

  constructor(errorCode: string) {
    super(`The bot got no token: ${errorCode}.`);
    this.errorCode = errorCode;
  }
}

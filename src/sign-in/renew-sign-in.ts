import { Secret } from '../secret.ts';
import { createMsalApp, type SignInMeans } from './create-msal-app.ts';
import type { KeptSignIn } from './kept-sign-in.ts';
import { partnerCenterScope } from './partner-center-scope.ts';
import { readSignInError } from './read-sign-in-error.ts';
import { SignInError } from './sign-in-error.ts';
import { startLimit } from './start-limit.ts';

/**
 * Asks Entra for a new access token, without a person; the refresh token that comes with it takes the place of the old.
 * Rejects with a `SignInError`. The old refresh token stays good, so an answer that is lost loses nothing.
 * https://learn.microsoft.com/entra/identity-platform/refresh-tokens
 */
export async function renewSignIn(means: SignInMeans, kept: KeptSignIn): Promise<KeptSignIn> {
  const limit = startLimit(means.clock);
  try {
    const { msal, lifetimes } = createMsalApp(means, limit.signal);
    const cache = msal.getTokenCache();
    kept.cache.reveal((text) => {
      cache.deserialize(text);
    });
    const [account] = await cache.getAllAccounts();
    if (account === undefined) throw new SignInError('cache_unreadable');
    const result = await msal.acquireTokenSilent({ account, scopes: [partnerCenterScope], forceRefresh: true });
    const lives = lifetimes();
    if (result.accessToken === '' || lives === undefined) throw new SignInError('refused');
    return {
      ...kept,
      accessToken: new Secret(result.accessToken),
      accessEndsAt: lives.askedAt + lives.accessToken,
      cache: new Secret(cache.serialize()),
      renewedAt: lives.askedAt,
      refreshEndsAt: lives.refreshToken === undefined ? undefined : lives.askedAt + lives.refreshToken,
    };
  } catch (error) {
    throw readSignInError(error);
  } finally {
    limit.done();
  }
}

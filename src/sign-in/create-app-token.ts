import { Secret } from '../secret.ts';
import { createMsalApp, type SignInMeans } from './create-msal-app.ts';
import { readSignInError } from './read-sign-in-error.ts';
import { SignInError } from './sign-in-error.ts';
import { startLimit } from './start-limit.ts';

const earlyMilliseconds = 30_000;

type Held = { readonly token: Secret; readonly endsAt: number };

/**
 * A token of the application alone, for one resource such as `https://graph.microsoft.com`, kept in memory while it is
 * good. Rejects with a `SignInError`. https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 */
export function createAppToken(
  means: SignInMeans,
  resource: string,
): (options?: { readonly fresh?: boolean }) => Promise<Secret> {
  const { clock } = means;
  let held: Held | undefined;
  let asking: Promise<Held> | undefined;
  return async ({ fresh = false } = {}) => {
    if (!fresh && held !== undefined && clock.now() < held.endsAt - earlyMilliseconds) return held.token;
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    held = await asking;
    return held.token;
  };

  async function ask(): Promise<Held> {
    const limit = startLimit(clock);
    try {
      const { msal, lifetimes } = createMsalApp(means, limit.signal);
      const result = await msal.acquireTokenByClientCredential({
        scopes: [`${resource}/.default`],
        // Otherwise an environment variable of msal's own would choose another host.
        azureRegion: 'DisableMsalForceRegion',
      });
      const lives = lifetimes();
      if (result === null || result.accessToken === '' || lives === undefined) throw new SignInError('refused');
      return { token: new Secret(result.accessToken), endsAt: lives.askedAt + lives.accessToken };
    } catch (error) {
      throw readSignInError(error);
    } finally {
      limit.done();
    }
  }
}

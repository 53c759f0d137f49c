import { Secret } from '../base/index.ts';
import { createMsalClient, type SignInDependencies, startTimeLimit } from './msal-client.ts';
import { needsAdministrator, readSignInError, SignInError } from './sign-in-error.ts';

const earlyMilliseconds = 30_000;
/** So long a refusal is not asked about again: many who ask at once have one answer. */
const refusedMilliseconds = 5000;

type Refused = { readonly error: SignInError; readonly at: number };
type Held = { readonly token: Secret; readonly endsAt: number };

/**
 * A token of the application alone, for one resource such as `https://graph.microsoft.com`, kept in memory while it is
 * good. Rejects with a `SignInError`; a definite refusal stands for five seconds. https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 */
export function createAppToken(
  means: SignInDependencies,
  resource: string,
): (options?: { readonly fresh?: boolean }) => Promise<Secret> {
  const { clock } = means;
  let held: Held | undefined;
  let refused: Refused | undefined;
  let asking: Promise<Held> | undefined;
  return async ({ fresh = false } = {}) => {
    const now = clock.now();
    if (!fresh && held !== undefined && now < held.endsAt - earlyMilliseconds) return held.token;
    if (refused !== undefined && now >= refused.at && now < refused.at + refusedMilliseconds) throw refused.error;
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    held = await asking;
    return held.token;
  };

  async function ask(): Promise<Held> {
    const limit = startTimeLimit(clock);
    try {
      const { msal, lifetimes } = createMsalClient(means, limit.signal);
      const result = await msal.acquireTokenByClientCredential({
        scopes: [`${resource}/.default`],
        // Otherwise an environment variable of msal's own would choose another host.
        azureRegion: 'DisableMsalForceRegion',
      });
      const lives = lifetimes();
      if (result === null || result.accessToken === '' || lives === undefined) throw new SignInError('refused');
      refused = undefined;
      return { token: new Secret(result.accessToken), endsAt: lives.askedAt + lives.accessToken };
    } catch (failure) {
      const error = readSignInError(failure);
      if (needsAdministrator(error.code)) refused = { error, at: clock.now() };
      throw error;
    } finally {
      limit.done();
    }
  }
}

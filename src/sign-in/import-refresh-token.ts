import type { Secret } from '../secret.ts';
import { createMsalApp, type SignInMeans } from './create-msal-app.ts';
import { newSignIn, type NewSignIn } from './new-sign-in.ts';
import { partnerCenterScope } from './partner-center-scope.ts';
import { readSignInError } from './read-sign-in-error.ts';
import { startLimit } from './start-limit.ts';

/** Takes over a refresh token that the same application was given elsewhere. Rejects with a `SignInError`. */
export async function importRefreshToken(means: SignInMeans, refreshToken: Secret): Promise<NewSignIn> {
  const limit = startLimit(means.clock);
  try {
    const app = createMsalApp(means, limit.signal);
    const result = await refreshToken.reveal((value) =>
      app.msal.acquireTokenByRefreshToken({ refreshToken: value, scopes: [partnerCenterScope], forceCache: true }),
    );
    return newSignIn(means.app, app, result);
  } catch (error) {
    throw readSignInError(error);
  } finally {
    limit.done();
  }
}

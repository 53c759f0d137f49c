import { CryptoProvider } from '@azure/msal-node';
import type { Random } from '../random.ts';
import type { Secret } from '../secret.ts';
import { createMsalApp, type SignInMeans } from './create-msal-app.ts';
import { newSignIn, type NewSignIn } from './new-sign-in.ts';
import { partnerCenterScope } from './partner-center-scope.ts';
import { readSignInError } from './read-sign-in-error.ts';
import { startLimit } from './start-limit.ts';

/** A sign-in that waits for a person. */
export type Consent = {
  /** What the person opens in a browser. */
  readonly address: string;
  /** What has to come back with the code; anything else is somebody else's. */
  readonly state: string;
  /** Takes the code for tokens; the nonce and the verifier of this sign-in have to fit. Rejects with a `SignInError`. */
  finish(code: Secret): Promise<NewSignIn>;
};

/**
 * Begins the authorization-code flow with PKCE. `prompt=login` makes the person sign in now, so that the sign-in carries
 * the MFA of now. https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
 */
export async function beginConsent(means: SignInMeans, redirectUri: string, random: Random): Promise<Consent> {
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const [state, nonce] = [random.token(), random.token()];
  const scopes = [partnerCenterScope];
  return {
    state,
    address: await within((signal) =>
      createMsalApp(means, signal).msal.getAuthCodeUrl({
        scopes,
        redirectUri,
        state,
        nonce,
        codeChallenge: challenge,
        codeChallengeMethod: 'S256',
        prompt: 'login',
      }),
    ),
    finish: (code) =>
      within(async (signal) => {
        const app = createMsalApp(means, signal);
        const result = await code.reveal((value) =>
          app.msal.acquireTokenByCode({ scopes, redirectUri, nonce, codeVerifier: verifier, code: value }),
        );
        return newSignIn(means.app, app, result);
      }),
  };

  async function within<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const limit = startLimit(means.clock);
    try {
      return await work(limit.signal);
    } catch (error) {
      throw readSignInError(error);
    } finally {
      limit.done();
    }
  }
}

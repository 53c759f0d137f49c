import { type AuthenticationResult, CryptoProvider } from '@azure/msal-node';
import { z } from 'zod';
import { type Random, Secret } from '../base/index.ts';
import type { EntraApp } from './entra-app.ts';
import { createMsalClient, type MsalClient, type SignInDependencies, startTimeLimit } from './msal-client.ts';
import { readSignInError, SignInError } from './sign-in-error.ts';
import { partnerCenterScope, type StoredCredentials } from './stored-credentials.ts';

/** A sign-in that waits for a person. */
type Consent = {
  /** What the person opens in a browser. */
  readonly address: string;
  /** What has to come back with the code; anything else is somebody else's. */
  readonly state: string;
  /** Takes the code for tokens; the nonce and the verifier of this sign-in have to fit. Rejects with a `SignInError`. */
  finish(code: Secret): Promise<NewCredentials>;
};

/**
 * Begins the authorization-code flow with PKCE. `prompt=login` makes the person sign in now, so that the sign-in carries
 * the MFA of now. https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
 */
export async function beginConsent(means: SignInDependencies, redirectUri: string, random: Random): Promise<Consent> {
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const [state, nonce] = [random.token(), random.token()];
  const scopes = [partnerCenterScope];
  return {
    state,
    address: await within((signal) =>
      createMsalClient(means, signal).msal.getAuthCodeUrl({
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
        const app = createMsalClient(means, signal);
        const result = await code.reveal((value) =>
          app.msal.acquireTokenByCode({ scopes, redirectUri, nonce, codeVerifier: verifier, code: value }),
        );
        return readNewCredentials(means.app, app, result);
      }),
  };

  async function within<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const limit = startTimeLimit(means.clock);
    try {
      return await work(limit.signal);
    } catch (error) {
      throw readSignInError(error);
    } finally {
      limit.done();
    }
  }
}

/** Takes over a refresh token that the same application was given elsewhere. Rejects with a `SignInError`. */
export async function importRefreshToken(means: SignInDependencies, refreshToken: Secret): Promise<NewCredentials> {
  const limit = startTimeLimit(means.clock);
  try {
    const app = createMsalClient(means, limit.signal);
    const result = await refreshToken.reveal((value) =>
      app.msal.acquireTokenByRefreshToken({ refreshToken: value, scopes: [partnerCenterScope], forceCache: true }),
    );
    return readNewCredentials(means.app, app, result);
  } catch (error) {
    throw readSignInError(error);
  } finally {
    limit.done();
  }
}

/** A sign-in that a person just made or brought, before it is kept. */
export type NewCredentials = {
  readonly kept: StoredCredentials;
  /** Whether its access token says that MFA was done; `unknown` where it cannot be read. */
  readonly mfa: 'yes' | 'no' | 'unknown';
  /** Why it is not one of this tenant and this application; undefined where it is. */
  readonly stranger: IdentityMismatch | undefined;
};

/** Makes it of what msal brought; throws a `SignInError` `refused` where there is no token or no refresh token in it. */
function readNewCredentials(
  app: EntraApp,
  { msal, lifetimes }: MsalClient,
  result: AuthenticationResult | null,
): NewCredentials {
  const lives = lifetimes();
  const cache = msal.getTokenCache().serialize();
  if (result === null || result.accessToken === '' || lives === undefined || !holdsRefreshToken(cache)) {
    throw new SignInError('refused');
  }
  const { askedAt, accessToken, refreshToken } = lives;
  return {
    mfa: readMfa(result.accessToken),
    stranger: findIdentityMismatch(app, result),
    kept: {
      accessToken: new Secret(result.accessToken),
      accessEndsAt: askedAt + accessToken,
      cache: new Secret(cache),
      account: result.account?.username ?? '',
      consentedAt: askedAt,
      renewedAt: askedAt,
      refreshEndsAt: refreshToken === undefined ? undefined : askedAt + refreshToken,
    },
  };
}

function holdsRefreshToken(cache: string): boolean {
  const read: unknown = JSON.parse(cache);
  const kept = typeof read === 'object' && read !== null && 'RefreshToken' in read ? read.RefreshToken : undefined;
  return typeof kept === 'object' && kept !== null && Object.keys(kept).length > 0;
}

/** Why tokens are not what Locksmith may work with. */
export type IdentityMismatch = 'another-tenant' | 'guest' | 'another-application' | 'another-resource';

const idClaims = z.object({ tid: z.string(), aud: z.string() });
const accessClaims = z.object({ aud: z.string() });
/** Partner Center by its address, and by its application id. */
const partnerCenterAudiences = ['https://api.partnercenter.microsoft.com', 'fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd'];

/**
 * Holds what msal brought against the application: its tenant, an account at home there, an ID token for the application,
 * and an access token, where it can be read, for Partner Center. Undefined: all of that is so.
 * https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference
 */
export function findIdentityMismatch(
  { tenantId, clientId }: EntraApp,
  { idTokenClaims, account, accessToken }: Pick<AuthenticationResult, 'idTokenClaims' | 'account' | 'accessToken'>,
): IdentityMismatch | undefined {
  const said = idClaims.safeParse(idTokenClaims);
  if (!said.success || !isSame(said.data.tid, tenantId)) return 'another-tenant';
  if (!isSame(said.data.aud, clientId)) return 'another-application';
  const home = account?.homeAccountId.split('.').at(-1) ?? '';
  if (!isSame(home, tenantId)) return 'guest';
  const resource = accessClaims.safeParse(readPayload(accessToken));
  if (resource.success && !partnerCenterAudiences.some((one) => isSame(one, resource.data.aud.replace(/\/$/, '')))) {
    return 'another-resource';
  }
  return undefined;
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function readPayload(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

const mfaClaims = z.object({ amr: z.array(z.string()) });

/**
 * Whether an access token for Partner Center says that it was got with MFA: its `amr` holds `mfa`. Nothing is verified,
 * since it came from Entra itself; it only tells in good time what Partner Center would refuse.
 */
function readMfa(accessToken: string): 'yes' | 'no' | 'unknown' {
  const [, payload = ''] = accessToken.split('.');
  try {
    const read = mfaClaims.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    if (!read.success) return 'unknown';
    return read.data.amr.includes('mfa') ? 'yes' : 'no';
  } catch {
    return 'unknown';
  }
}

import type { AuthenticationResult } from '@azure/msal-node';
import { z } from 'zod';
import { type Random, Secret } from '../base/index.ts';
import type { EntraApp } from '../config/index.ts';
import { callEntra, type MsalClient, type SignInDependencies } from './msal-client.ts';
import { SignInError } from './entra-error-codes.ts';
import { partnerCenterScope, type StoredCredentials } from './stored-credentials.ts';
import { readClaims } from './token-claims.ts';

/** A sign-in that waits for a person. */
type Consent = {
  /** The address that the person opens in a browser. */
  readonly address: string;
  /** The answer must carry this value; any other answer belongs to another sign-in. */
  readonly state: string;
  /** Exchanges the code of the answer for tokens. Rejects with a `SignInError`. */
  finish(code: Secret): Promise<NewCredentials>;
};

/**
 * Starts the authorization code flow with PKCE. `prompt=login` makes the person sign in again, so that the new tokens
 * carry proof of a recent MFA. See https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
 */
export async function beginConsent(
  dependencies: SignInDependencies,
  redirectUri: string,
  random: Random,
): Promise<Consent> {
  const { CryptoProvider } = await import('@azure/msal-node');
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const [state, nonce] = [random.token(), random.token()];
  const scopes = [partnerCenterScope];
  const address = await callEntra(dependencies, ({ msal }) =>
    msal.getAuthCodeUrl({
      scopes,
      redirectUri,
      state,
      nonce,
      codeChallenge: challenge,
      codeChallengeMethod: 'S256',
      prompt: 'login',
    }),
  );
  return {
    state,
    address,
    finish: (secretCode) =>
      callEntra(dependencies, async (client) => {
        const result = await secretCode.reveal((code) =>
          client.msal.acquireTokenByCode({ scopes, redirectUri, nonce, codeVerifier: verifier, code }),
        );
        return readNewCredentials(dependencies.app, client, result);
      }),
  };
}

/** Imports a refresh token that the same application got elsewhere. Rejects with a `SignInError`. */
export async function importRefreshToken(
  dependencies: SignInDependencies,
  secretToken: Secret,
): Promise<NewCredentials> {
  return callEntra(dependencies, async (client) => {
    const result = await secretToken.reveal((refreshToken) =>
      client.msal.acquireTokenByRefreshToken({ refreshToken, scopes: [partnerCenterScope], forceCache: true }),
    );
    return readNewCredentials(dependencies.app, client, result);
  });
}

/** The result of a consent or an import, before it is stored. */
export type NewCredentials = {
  readonly credentials: StoredCredentials;
  /** Whether the access token says that MFA was done; `unknown` where it cannot be read. */
  readonly mfa: 'yes' | 'no' | 'unknown';
  /** Why it does not belong to this tenant and this application; undefined where it does. */
  readonly mismatch: IdentityMismatch | undefined;
};

/** Throws a `SignInError` `refused` where the result of msal has no access token or no refresh token. */
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
  const { requestedAt, accessToken, refreshToken } = lives;
  return {
    mfa: readMfa(result.accessToken),
    mismatch: findIdentityMismatch(app, result),
    credentials: {
      accessToken: new Secret(result.accessToken),
      accessEndsAt: requestedAt + accessToken,
      cache: new Secret(cache),
      account: result.account?.username ?? '',
      consentedAt: requestedAt,
      renewedAt: requestedAt,
      refreshEndsAt: refreshToken === undefined ? undefined : requestedAt + refreshToken,
    },
  };
}

function holdsRefreshToken(cache: string): boolean {
  const read: unknown = JSON.parse(cache);
  const tokens = typeof read === 'object' && read !== null && 'RefreshToken' in read ? read.RefreshToken : undefined;
  return typeof tokens === 'object' && tokens !== null && Object.keys(tokens).length > 0;
}

/** Why Locksmith may not work with these tokens. */
export type IdentityMismatch = 'another-tenant' | 'guest' | 'another-application' | 'another-resource';

const idClaims = z.object({ tid: z.string(), aud: z.string() });
const audienceClaim = z.object({ aud: z.string() });
/** Partner Center by its address and by its application id. */
const partnerCenterAudiences = ['https://api.partnercenter.microsoft.com', 'fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd'];

/**
 * Checks the tokens of a new sign-in against the application: its tenant, a member of that tenant, and the application
 * itself. An access token that can be read must be for Partner Center. Undefined: everything fits.
 * See https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference
 */
export function findIdentityMismatch(
  { tenantId, clientId }: EntraApp,
  { idTokenClaims, account, accessToken }: Pick<AuthenticationResult, 'idTokenClaims' | 'account' | 'accessToken'>,
): IdentityMismatch | undefined {
  const claims = idClaims.safeParse(idTokenClaims).data;
  if (claims === undefined || !isSame(claims.tid, tenantId)) return 'another-tenant';
  if (!isSame(claims.aud, clientId)) return 'another-application';
  const homeTenant = account?.homeAccountId.split('.').at(-1) ?? '';
  if (!isSame(homeTenant, tenantId)) return 'guest';
  const audience = readClaims(accessToken, audienceClaim)?.aud.replace(/\/$/, '');
  const isForPartnerCenter =
    audience === undefined || partnerCenterAudiences.some((accepted) => isSame(accepted, audience));
  return isForPartnerCenter ? undefined : 'another-resource';
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

const mfaClaim = z.object({ amr: z.array(z.string()) });

/**
 * Whether an access token for Partner Center was issued with MFA: then its `amr` holds `mfa`. Nothing is verified, since
 * the token came from Entra itself. This only warns early of what Partner Center would refuse.
 */
function readMfa(accessToken: string): 'yes' | 'no' | 'unknown' {
  const claims = readClaims(accessToken, mfaClaim);
  if (claims === undefined) return 'unknown';
  return claims.amr.includes('mfa') ? 'yes' : 'no';
}

import type { AuthenticationResult } from '@azure/msal-node';
import { Secret } from '../secret.ts';
import type { MsalApp } from './create-msal-app.ts';
import type { EntraApp } from './entra-app.ts';
import type { KeptSignIn } from './kept-sign-in.ts';
import { findStranger, type Stranger } from './find-stranger.ts';
import { readMfa } from './read-mfa.ts';
import { SignInError } from './sign-in-error.ts';

/** A sign-in that a person just made or brought, before it is kept. */
export type NewSignIn = {
  readonly kept: KeptSignIn;
  /** Whether its access token says that MFA was done; `unknown` where it cannot be read. */
  readonly mfa: 'yes' | 'no' | 'unknown';
  /** Why it is not one of this tenant and this application; undefined where it is. */
  readonly stranger: Stranger | undefined;
};

/** Makes it of what msal brought; throws a `SignInError` `refused` where there is no token or no refresh token in it. */
export function newSignIn(app: EntraApp, { msal, lifetimes }: MsalApp, result: AuthenticationResult | null): NewSignIn {
  const lives = lifetimes();
  const cache = msal.getTokenCache().serialize();
  if (result === null || result.accessToken === '' || lives === undefined || !holdsRefreshToken(cache)) {
    throw new SignInError('refused');
  }
  const { askedAt, accessToken, refreshToken } = lives;
  return {
    mfa: readMfa(result.accessToken),
    stranger: findStranger(app, result),
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

import { z } from 'zod';
import { Secret } from '../base/index.ts';
import type { Opened, SealedPassword, Sealer } from '../reset/index.ts';
import type { EntraApp } from './entra-app.ts';
import { createMsalClient, type SignInDependencies, startTimeLimit } from './msal-client.ts';
import { readSignInError, SignInError } from './sign-in-error.ts';

/** A sign-in as it is kept, sealed. Instants are milliseconds. */
export type StoredCredentials = {
  readonly accessToken: Secret;
  readonly accessEndsAt: number;
  /** msal's serialised cache; the refresh token is in it. */
  readonly cache: Secret;
  /** Who signed in. */
  readonly account: string;
  /** When a person last signed in, or a refresh token was brought from elsewhere. */
  readonly consentedAt: number;
  readonly renewedAt: number;
  /** When the refresh token ends, where Entra has said so. */
  readonly refreshEndsAt: number | undefined;
};

/** `broken`: it was altered, or is another application's. */
type OpenedCredentials =
  { readonly kind: 'opened'; readonly kept: StoredCredentials } | Exclude<Opened, { readonly kind: 'opened' }>;

const secret = z.string().transform((value) => new Secret(value));
const storedShape = z.object({
  accessToken: secret,
  accessEndsAt: z.number(),
  cache: secret,
  account: z.string(),
  consentedAt: z.number(),
  renewedAt: z.number(),
  refreshEndsAt: z.number().optional(),
});

/** Seals a sign-in, and opens it for the application it was made for and for nothing else. */
export const storedCredentials = {
  seal(sealer: Sealer, app: EntraApp, kept: StoredCredentials): SealedPassword {
    const text = kept.accessToken.reveal((accessToken) =>
      kept.cache.reveal((cache) => new Secret(JSON.stringify({ ...kept, accessToken, cache }))),
    );
    return sealer.seal(text, bindingOf(app));
  },
  open(sealer: Sealer, app: EntraApp, sealed: SealedPassword): OpenedCredentials {
    const opened = sealer.open(sealed, bindingOf(app));
    if (opened.kind !== 'opened') return opened;
    const read = opened.secret.reveal((text) => storedShape.safeParse(parse(text)));
    return read.success
      ? { kind: 'opened', kept: { ...read.data, refreshEndsAt: read.data.refreshEndsAt } }
      : { kind: 'broken' };
  },
};

function bindingOf({ tenantId, clientId }: EntraApp): string {
  return `sign-in to partner center|${tenantId.toLowerCase()}|${clientId.toLowerCase()}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Asks Entra for a new access token, without a person; the refresh token that comes with it takes the place of the old.
 * Rejects with a `SignInError`. The old refresh token stays good, so an answer that is lost loses nothing.
 * https://learn.microsoft.com/entra/identity-platform/refresh-tokens
 */
export async function renewCredentials(means: SignInDependencies, kept: StoredCredentials): Promise<StoredCredentials> {
  const limit = startTimeLimit(means.clock);
  try {
    const { msal, lifetimes } = createMsalClient(means, limit.signal);
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

/** What Partner Center wants of a token for a user. */
export const partnerCenterScope = 'https://api.partnercenter.microsoft.com/user_impersonation';

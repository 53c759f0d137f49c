import type { AccountInfo, ConfidentialClientApplication } from '@azure/msal-node';
import { z } from 'zod';
import { Secret } from '../base/index.ts';
import type { EntraApp } from '../config/index.ts';
import type { Opened, SealedPassword, Sealer } from '../reset/index.ts';
import { callEntra, type SignInDependencies } from './msal-client.ts';
import { SignInError } from './entra-error-codes.ts';

/** The sign-in of the one account as it is stored, sealed. Instants are milliseconds since 1970. */
export type StoredCredentials = {
  readonly accessToken: Secret;
  readonly accessEndsAt: number;
  /** The serialised cache of msal, with the refresh token. */
  readonly cache: Secret;
  /** User name of the account; empty where Entra does not give it. */
  readonly account: string;
  /** When a person last signed in, or a refresh token was imported. */
  readonly consentedAt: number;
  readonly renewedAt: number;
  /** When the refresh token expires; undefined where Entra does not say. */
  readonly refreshEndsAt: number | undefined;
};

/** `broken`: the row was altered, or belongs to another application. */
type OpenedCredentials =
  { readonly kind: 'opened'; readonly credentials: StoredCredentials } | Exclude<Opened, { readonly kind: 'opened' }>;

const secret = z.string().transform((value) => new Secret(value));
/** Rows of older versions have these names too; do not rename them. */
const storedShape = z.object({
  accessToken: secret,
  accessEndsAt: z.number(),
  cache: secret,
  account: z.string(),
  consentedAt: z.number(),
  renewedAt: z.number(),
  refreshEndsAt: z.number().optional(),
});

/** Seals the sign-in of one application for the store, and opens it for the same application only. */
export const storedCredentials = {
  seal(sealer: Sealer, app: EntraApp, credentials: StoredCredentials): SealedPassword {
    const text = credentials.accessToken.reveal((accessToken) =>
      credentials.cache.reveal((cache) => new Secret(JSON.stringify({ ...credentials, accessToken, cache }))),
    );
    return sealer.seal(text, bindingOf(app));
  },
  open(sealer: Sealer, app: EntraApp, sealed: SealedPassword): OpenedCredentials {
    const opened = sealer.open(sealed, bindingOf(app));
    if (opened.kind !== 'opened') return opened;
    const read = opened.secret.reveal((text) => storedShape.safeParse(parseJson(text)));
    return read.success
      ? { kind: 'opened', credentials: { ...read.data, refreshEndsAt: read.data.refreshEndsAt } }
      : { kind: 'broken' };
  },
};

function bindingOf({ tenantId, clientId }: EntraApp): string {
  return `sign-in to partner center|${tenantId.toLowerCase()}|${clientId.toLowerCase()}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The scope of a delegated token for Partner Center. */
export const partnerCenterScope = 'https://api.partnercenter.microsoft.com/user_impersonation';

/**
 * Gets a new access token from Entra without a person. Returns the credentials with the new refresh token in place of
 * the old. Rejects with a `SignInError`. Entra leaves the old refresh token valid, so a lost answer loses nothing.
 * See https://learn.microsoft.com/entra/identity-platform/refresh-tokens
 */
export async function renewCredentials(
  dependencies: SignInDependencies,
  credentials: StoredCredentials,
): Promise<StoredCredentials> {
  return callEntra(dependencies, async ({ msal, lifetimes }) => {
    const account = await openAccount(msal, credentials);
    const result = await msal.acquireTokenSilent({ account, scopes: [partnerCenterScope], forceRefresh: true });
    const lives = lifetimes();
    if (result.accessToken === '' || lives === undefined) throw new SignInError('refused');
    return {
      ...credentials,
      accessToken: new Secret(result.accessToken),
      accessEndsAt: lives.requestedAt + lives.accessToken,
      cache: new Secret(msal.getTokenCache().serialize()),
      renewedAt: lives.requestedAt,
      refreshEndsAt: lives.refreshToken === undefined ? undefined : lives.requestedAt + lives.refreshToken,
    };
  });
}

/** Puts what is stored into the empty cache of an msal client, and gives the one account in it. Throws a `SignInError`. */
export async function openAccount(
  msal: ConfidentialClientApplication,
  { cache: stored }: Pick<StoredCredentials, 'cache'>,
): Promise<AccountInfo> {
  const cache = msal.getTokenCache();
  stored.reveal((text) => {
    cache.deserialize(text);
  });
  const [account] = await cache.getAllAccounts();
  if (account === undefined) throw new SignInError('cache_unreadable');
  return account;
}

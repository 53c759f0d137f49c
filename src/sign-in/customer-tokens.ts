import type { AccountInfo, AuthenticationResult, ConfidentialClientApplication } from '@azure/msal-node';
import { z } from 'zod';
import { type Log, Secret, signInTunables } from '../base/index.ts';
import type { TenantToken, TokenRefusal, TokenSource } from '../graph/index.ts';
import { callEntra, type SignInDependencies } from './msal-client.ts';
import { readCustomerRefusal, readSignInError, SignInError } from './entra-error-codes.ts';
import { openAccount, type StoredCredentials } from './stored-credentials.ts';
import { readClaims } from './token-claims.ts';

/** `consentedAt`: of the sign-in that it came from. */
type Kept = {
  readonly answer: TenantToken;
  readonly at: number;
  readonly until: number;
  readonly consentedAt: number | undefined;
};

/**
 * Makes a source of tokens of customers' tenants: the stored refresh token, got in the partner's tenant, is redeemed at each
 * customer's own address. Tokens are cached for each tenant until shortly before they expire; one tenant is asked for
 * once at a time. What came from a sign-in that was replaced is not used any more. See https://learn.microsoft.com/graph/auth-cloudsolutionprovider.
 *
 * The tenant of every token is checked. A token of another tenant would read, and change, the wrong directory.
 */
export function createCustomerTokens({
  dependencies,
  resource,
  readStored,
  log,
  acquire = acquireAtCustomer,
}: {
  readonly dependencies: SignInDependencies;
  /** `https://graph.microsoft.com`. */
  readonly resource: string;
  /** The stored sign-in, with its refresh token. Rejects with a `SignInError`. */
  readonly readStored: () => Promise<StoredCredentials>;
  readonly log: Log;
  readonly acquire?: AcquireToken;
}): TokenSource {
  const { clock } = dependencies;
  const kept = new Map<string, Kept>();
  const pending = new Map<string, Promise<TenantToken>>();

  return async (tenantId, { fresh }) => {
    const last = kept.get(tenantId);
    // Where the sign-in cannot be read, what it brought before is still good.
    const stored = last && (await readStored().catch(() => undefined));
    const now = clock.now();
    const isReplaced = stored !== undefined && stored.consentedAt !== last?.consentedAt;
    // Two calls that are refused at once need one fresh token.
    const isNew = last !== undefined && now - last.at < signInTunables.freshTokenShareMilliseconds;
    if (last !== undefined && !isReplaced && now >= last.at && now < last.until && (!fresh || isNew)) {
      return last.answer;
    }
    const running = pending.get(tenantId);
    if (running !== undefined) return running;
    const asked = ask(tenantId).finally(() => pending.delete(tenantId));
    pending.set(tenantId, asked);
    return asked;
  };

  async function ask(tenantId: string): Promise<TenantToken> {
    const at = clock.now();
    let consentedAt: number | undefined;
    try {
      const stored = await readStored();
      ({ consentedAt } = stored);
      const redeemed = await redeemAtCustomer(dependencies, resource, tenantId, stored, acquire);
      if (redeemed.kind === 'wrong-tenant') return refuse(tenantId, 'wrong-tenant', undefined, { at, consentedAt });
      const answer = { kind: 'token', token: redeemed.token } as const;
      const until = redeemed.endsAt - signInTunables.accessTokenSafetyMarginMilliseconds;
      keep(tenantId, { answer, at, until, consentedAt });
      return answer;
    } catch (failure) {
      const { code, entraCode } = readSignInError(failure);
      // What may pass by itself is not remembered.
      const known = code === 'unreachable' ? undefined : { at, consentedAt };
      return refuse(tenantId, readCustomerRefusal(code, entraCode), entraCode, known);
    }
  }

  function refuse(
    tenantId: string,
    refusal: TokenRefusal,
    entraCode: number | undefined,
    known: Pick<Kept, 'at' | 'consentedAt'> | undefined,
  ): TenantToken {
    log({ level: 'warn', event: 'customer-sign-in-refused', customer: tenantId, refusal, entraCode });
    const answer = { kind: 'refused', refusal, entraCode } as const;
    if (known === undefined) return answer;
    const { consentInProgressMilliseconds, customerTokenRefusalMilliseconds } = signInTunables;
    const milliseconds =
      refusal === 'consent-in-progress' ? consentInProgressMilliseconds : customerTokenRefusalMilliseconds;
    keep(tenantId, { answer, ...known, until: known.at + milliseconds });
    return answer;
  }

  function keep(tenantId: string, next: Kept): void {
    kept.delete(tenantId);
    kept.set(tenantId, next);
    const [oldest] = kept.keys();
    if (kept.size > signInTunables.maxCustomerTokens && oldest !== undefined) kept.delete(oldest);
  }
}

/** Gets a token at the customer's address. A test plants msal's traps in its place. */
export type AcquireToken = (
  msal: ConfidentialClientApplication,
  account: AccountInfo,
  at: { readonly tenantId: string; readonly authority: string; readonly scopes: string[] },
) => Promise<AuthenticationResult>;

/**
 * msal looks a cached token up under the tenant of the account, not under that of the authority. The account is therefore
 * given the customer's tenant, and the cache is passed over.
 */
const acquireAtCustomer: AcquireToken = (msal, account, { tenantId, authority, scopes }) =>
  msal.acquireTokenSilent({ account: { ...account, tenantId }, authority, scopes, forceRefresh: true });

/** A token of a customer's tenant. `scopes` are those that were granted there, without the resource's address. */
type Redeemed =
  | { readonly kind: 'token'; readonly token: Secret; readonly endsAt: number; readonly scopes: readonly string[] }
  | { readonly kind: 'wrong-tenant' };

/** Redeems the stored refresh token at the customer's token address. Rejects with a `SignInError`. */
export async function redeemAtCustomer(
  dependencies: SignInDependencies,
  resource: string,
  tenantId: string,
  credentials: StoredCredentials,
  acquire: AcquireToken = acquireAtCustomer,
): Promise<Redeemed> {
  const { origin } = new URL(dependencies.authority);
  return callEntra(dependencies, async ({ msal, lifetimes }) => {
    const account = await openAccount(msal, credentials);
    const at = { tenantId, authority: `${origin}/${tenantId}`, scopes: [`${resource}/.default`] };
    const result = await acquire(msal, account, at);
    if (!isOfTenant(tenantId, result)) return { kind: 'wrong-tenant' };
    const lives = lifetimes();
    if (result.accessToken === '' || lives === undefined) throw new SignInError('refused');
    return {
      kind: 'token',
      token: new Secret(result.accessToken),
      endsAt: lives.requestedAt + lives.accessToken,
      scopes: result.scopes.map((scope) => scope.slice(scope.lastIndexOf('/') + 1)),
    };
  });
}

const accessClaims = z.object({ tid: z.string() });

/**
 * Whether a token is of this tenant, by everything that says so. An access token of Graph may be opaque; the answer's tenant,
 * which msal reads from the id token, is always there.
 */
export function isOfTenant(
  tenantId: string,
  { tenantId: answered, accessToken }: { readonly tenantId: string; readonly accessToken: string },
): boolean {
  const said = [answered, readClaims(accessToken, accessClaims)?.tid].filter((one) => one !== undefined);
  return said.every((one) => one.toLowerCase() === tenantId.toLowerCase());
}

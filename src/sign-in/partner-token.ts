import { type Log, type Secret, signInTunables, wait } from '../base/index.ts';
import type { KeptTokens, RaiseAlarm, Sealer, TokenStore } from '../reset/index.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { SignInDependencies } from './msal-client.ts';
import { needsAdministrator, readSignInError, SignInError } from './entra-error-codes.ts';
import { renewCredentials, storedCredentials, type StoredCredentials } from './stored-credentials.ts';

/** The delegated token for Partner Center, of the one account that consented. */
type PartnerToken = {
  /** Rejects with a `SignInError`. `fresh`: Partner Center refused the last token. */
  get(fresh: boolean): Promise<Secret>;
  /**
   * Renews the stored sign-in where its last renewal, by any instance, was before `renewedBefore`. Also renews it once
   * half of the life of its refresh token is over. Returns what is stored afterwards. Rejects with a `SignInError`.
   */
  keepAlive(renewedBefore: number): Promise<StoredCredentials>;
  /** The stored sign-in, renewed where its access token is over. Rejects with a `SignInError`. */
  stored(): Promise<StoredCredentials>;
  /** Partner Center refused a token for want of MFA (900421). Another token of the same sign-in would be refused too. */
  reportMfaRequired(): void;
};

/** The stored sign-in as this process last saw it. */
type Current = { readonly version: number; readonly credentials: StoredCredentials };

/** What stored credentials are searched for. */
type Purpose =
  | { readonly kind: 'valid' }
  /** Valid, and not the version whose token Partner Center refused. Where none was used none is good enough before a renewal. */
  | { readonly kind: 'not-refused'; readonly refused: number | undefined }
  | { readonly kind: 'kept-alive'; readonly renewedBefore: number };

/**
 * Keeps the token in memory while it is valid, and renews it once for all instances. The instance with the lease asks
 * Entra; the others wait for what it stores. While the circuit is open no instance asks Entra, until a new sign-in is
 * stored or the pause is over.
 */
export function createPartnerToken({
  dependencies,
  tokens,
  sealer,
  instance,
  breaker,
  log,
  raiseAlarm,
}: {
  readonly dependencies: SignInDependencies;
  readonly tokens: TokenStore;
  readonly sealer: Sealer;
  /** Names this process in leases. */
  readonly instance: string;
  readonly breaker: CircuitBreaker;
  readonly log: Log;
  readonly raiseAlarm: RaiseAlarm;
}): PartnerToken {
  const { app, clock } = dependencies;
  let current: Current | undefined;
  let lastFreshAt = -Infinity;
  let lastSeenVersion: number | undefined;
  let lastConsentedAt: number | undefined;
  let search: { readonly purpose: Purpose; readonly result: Promise<StoredCredentials> } | undefined;

  return {
    async get(fresh) {
      const refused = current?.version;
      if (!fresh || wasJustRenewed()) {
        if (current !== undefined && breaker.current() === undefined && isValid(current.credentials)) {
          return current.credentials.accessToken;
        }
        return (await find({ kind: 'valid' })).accessToken;
      }
      const { accessToken } = await find({ kind: 'not-refused', refused });
      lastFreshAt = clock.now();
      return accessToken;
    },
    keepAlive: (renewedBefore) => find({ kind: 'kept-alive', renewedBefore }),
    async stored() {
      if (current !== undefined && breaker.current() === undefined && isValid(current.credentials)) {
        return current.credentials;
      }
      return find({ kind: 'valid' });
    },
    reportMfaRequired() {
      breaker.open('mfa_required', current?.version);
    },
  };

  /** Two calls that are refused at once need one fresh token. */
  function wasJustRenewed(): boolean {
    const now = clock.now();
    return now >= lastFreshAt && now - lastFreshAt < signInTunables.freshTokenShareMilliseconds;
  }

  function isEnough(purpose: Purpose, credentials: StoredCredentials, version: number): boolean {
    switch (purpose.kind) {
      case 'valid':
        return isValid(credentials);
      case 'not-refused':
        return isValid(credentials) && purpose.refused !== undefined && version !== purpose.refused;
      case 'kept-alive': {
        const { renewedAt, refreshEndsAt = Infinity } = credentials;
        const halfLife = renewedAt + (refreshEndsAt - renewedAt) / 2;
        return renewedAt >= purpose.renewedBefore && clock.now() < halfLife;
      }
    }
  }

  function isValid({ accessEndsAt }: StoredCredentials): boolean {
    return clock.now() < accessEndsAt - signInTunables.accessTokenSafetyMarginMilliseconds;
  }

  /**
   * Runs one search at a time in this process. A call with the same purpose shares its result. A call with another
   * purpose waits for its end and then searches itself: the running search may accept a token that was just refused.
   */
  async function find(purpose: Purpose): Promise<StoredCredentials> {
    const running = search;
    if (running !== undefined && !isSamePurpose(running.purpose, purpose)) {
      await running.result.catch(() => undefined);
      return find(purpose);
    }
    search ??= { purpose, result: runSearch(purpose) };
    return search.result;
  }

  async function runSearch(purpose: Purpose): Promise<StoredCredentials> {
    try {
      return await readOrRenew(purpose);
    } catch (failure) {
      const error = readSignInError(failure);
      const { code, entraCode } = error;
      if (needsAdministrator(code)) breaker.open(code, lastSeenVersion, entraCode);
      else log({ level: 'warn', event: 'sign-in-failed', code, entraCode });
      throw error;
    } finally {
      search = undefined;
    }
  }

  async function readOrRenew(purpose: Purpose): Promise<StoredCredentials> {
    const giveUpAt = clock.now() + signInTunables.renewalWaitMilliseconds;
    for (;;) {
      const row = await readRow();
      const credentials = openRow(row);
      if (lastConsentedAt !== undefined && lastConsentedAt !== credentials.consentedAt) breaker.consentChanged();
      lastConsentedAt = credentials.consentedAt;
      const circuit = breaker.current();
      const isStuck = circuit !== undefined && circuit.version === row.version;
      if (isStuck && clock.now() < circuit.retryAt) throw new SignInError(circuit.cause);
      if (!isStuck && isEnough(purpose, credentials, row.version)) return adopt({ version: row.version, credentials });
      const renewed = await renew(row.version, credentials);
      if (renewed !== undefined) return adopt(renewed);
      if (clock.now() >= giveUpAt) throw new SignInError('unreachable');
      await wait(clock, signInTunables.renewalPollMilliseconds);
    }
  }

  async function readRow(): Promise<KeptTokens> {
    const row = await callStore(() => tokens.read());
    lastSeenVersion = row?.version;
    if (row === undefined) throw new SignInError('consent_missing');
    return row;
  }

  /** A missing key does not open the circuit: other instances may have it, so each call tries again. */
  function openRow({ sealed }: KeptTokens): StoredCredentials {
    const opened = storedCredentials.open(sealer, app, sealed);
    switch (opened.kind) {
      case 'opened':
        return opened.credentials;
      case 'key-missing':
        raiseAlarm({ kind: 'sealing-key-missing', keyId: sealed.keyId });
        throw new SignInError('key_missing');
      case 'broken':
        throw new SignInError('cache_unreadable');
    }
  }

  /** Undefined where another instance holds the lease, or has replaced this version meanwhile. */
  async function renew(version: number, credentials: StoredCredentials): Promise<Current | undefined> {
    const now = clock.now();
    const lease = { owner: instance, now, until: now + signInTunables.renewalLeaseMilliseconds };
    if (!(await callStore(() => tokens.lease(version, lease)))) return undefined;
    let renewed: StoredCredentials;
    try {
      renewed = await renewCredentials(dependencies, credentials);
    } catch (error) {
      await callStore(() => tokens.release(instance)).catch(() => undefined);
      throw error;
    }
    log({ level: 'info', event: 'sign-in-renewed' });
    try {
      const sealed = storedCredentials.seal(sealer, app, renewed);
      const isStored = await tokens.renew(version, instance, sealed);
      return isStored ? { version: version + 1, credentials: renewed } : undefined;
    } catch {
      // The new token is valid although it is not stored, and the stored refresh token stays valid too.
      log({ level: 'warn', event: 'sign-in-not-stored' });
      return { version, credentials: renewed };
    }
  }

  function adopt(next: Current): StoredCredentials {
    current = next;
    breaker.close();
    return next.credentials;
  }
}

/** All that keep alive share one search: they differ by moments. */
function isSamePurpose(one: Purpose, other: Purpose): boolean {
  return one.kind === 'not-refused' && other.kind === 'not-refused'
    ? one.refused === other.refused
    : one.kind === other.kind;
}

async function callStore<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch {
    throw new SignInError('store_failed');
  }
}

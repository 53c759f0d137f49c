import type { Log, Secret } from '../base/index.ts';
import type { KeptTokens, RaiseAlarm, Sealer, TokenStore } from '../reset/index.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { SignInDependencies } from './msal-client.ts';
import { needsAdministrator, readSignInError, SignInError } from './sign-in-error.ts';
import { renewCredentials, storedCredentials, type StoredCredentials } from './stored-credentials.ts';

/** The token for Partner Center of the one account that consented. */
type PartnerToken = {
  /** Rejects with a `SignInError`. `fresh`: the last token was refused. */
  get(fresh: boolean): Promise<Secret>;
  /**
   * Renews what was last renewed before that instant, by any instance, or has lived half of what Entra gave it; gives what
   * is kept then.
   */
  keepAlive(renewedBefore: number): Promise<StoredCredentials>;
  /** Partner Center refused a token for want of MFA (900421): another one of the same sign-in is no better. */
  refusedForMfa(): void;
};

/** A token counts as ended this long before its end, so that none ends on its way. */
const earlyMilliseconds = 30_000;
/** Longer than a renewal may take, so that nobody else begins one meanwhile. */
const leaseMilliseconds = 30_000;
const longestWaitMilliseconds = 45_000;
const pollMilliseconds = 200;
/** After one fresh token the next 401 within this time gets the same one: two calls refused at once need one. */
const freshMilliseconds = 10_000;

type Held = { readonly version: number; readonly kept: StoredCredentials };

/**
 * Keeps the token while it is good, and renews it once for all instances: whoever has the lease asks Entra, the others
 * wait for what it stores. Where a person is needed nobody asks Entra, until a new sign-in is stored or some time is over.
 */
export function createPartnerToken({
  means,
  tokens,
  sealer,
  instance,
  pause,
  log,
  raiseAlarm,
}: {
  readonly means: SignInDependencies;
  readonly tokens: TokenStore;
  readonly sealer: Sealer;
  /** Names this process in leases. */
  readonly instance: string;
  readonly pause: CircuitBreaker;
  readonly log: Log;
  readonly raiseAlarm: RaiseAlarm;
}): PartnerToken {
  const { app, clock } = means;
  let held: Held | undefined;
  let freshAt = -Infinity;
  let seen: number | undefined;
  let lastConsent: number | undefined;
  let working: { readonly what: string; readonly found: Promise<StoredCredentials> } | undefined;

  return {
    async get(fresh) {
      const refused = held?.version;
      if (!fresh || isJustFresh()) {
        if (held !== undefined && pause.current() === undefined && isGood(held.kept)) return held.kept.accessToken;
        return (await find('good', isGood)).accessToken;
      }
      const { accessToken } = await find(
        `newer than ${refused ?? 'none'}`,
        (kept, version) => isGood(kept) && refused !== undefined && version !== refused,
      );
      freshAt = clock.now();
      return accessToken;
    },
    keepAlive: (renewedBefore) =>
      find('alive', ({ renewedAt, refreshEndsAt = Infinity }) => {
        const half = renewedAt + (refreshEndsAt - renewedAt) / 2;
        return renewedAt >= renewedBefore && clock.now() < half;
      }),
    refusedForMfa() {
      pause.begin('mfa_required', held?.version);
    },
  };

  function isJustFresh(): boolean {
    const now = clock.now();
    return now >= freshAt && now - freshAt < freshMilliseconds;
  }

  function isGood({ accessEndsAt }: StoredCredentials): boolean {
    return clock.now() < accessEndsAt - earlyMilliseconds;
  }

  /**
   * One search at a time in this process. Who looks for the same meanwhile gets what it finds; who looks for something else
   * waits for its end, since it may be content with what was just refused, or has ended.
   */
  async function find(
    what: string,
    isEnough: (kept: StoredCredentials, version: number) => boolean,
  ): Promise<StoredCredentials> {
    const current = working;
    if (current !== undefined && current.what !== what) {
      await current.found.catch(() => undefined);
      return find(what, isEnough);
    }
    working ??= { what, found: search(isEnough) };
    return working.found;
  }

  async function search(isEnough: (kept: StoredCredentials, version: number) => boolean): Promise<StoredCredentials> {
    try {
      return await obtain(isEnough);
    } catch (failure) {
      const error = readSignInError(failure);
      const { code, entraCode } = error;
      if (needsAdministrator(code)) pause.begin(code, seen, entraCode);
      else log({ level: 'warn', event: 'sign-in-failed', code, entraCode });
      throw error;
    } finally {
      working = undefined;
    }
  }

  async function obtain(isEnough: (kept: StoredCredentials, version: number) => boolean): Promise<StoredCredentials> {
    const until = clock.now() + longestWaitMilliseconds;
    for (;;) {
      const row = await read();
      const kept = open(row);
      if (lastConsent !== undefined && lastConsent !== kept.consentedAt) pause.consented();
      lastConsent = kept.consentedAt;
      const paused = pause.current();
      const stuck = paused !== undefined && paused.version === row.version;
      if (stuck && clock.now() < paused.askAgainAt) throw new SignInError(paused.cause);
      if (!stuck && isEnough(kept, row.version)) return adopt({ version: row.version, kept });
      const renewed = await renew(row.version, kept);
      if (renewed !== undefined) return adopt(renewed);
      if (clock.now() >= until) throw new SignInError('unreachable');
      await new Promise<void>((resolve) => {
        clock.after(pollMilliseconds, resolve);
      });
    }
  }

  async function read(): Promise<KeptTokens> {
    const row = await stored(() => tokens.read());
    seen = row?.version;
    if (row === undefined) throw new SignInError('consent_missing');
    return row;
  }

  /** Rule: a key that is missing here is no reason to pause, because others have it; each question looks anew. */
  function open({ sealed }: KeptTokens): StoredCredentials {
    const opened = storedCredentials.open(sealer, app, sealed);
    switch (opened.kind) {
      case 'opened':
        return opened.kept;
      case 'key-missing':
        raiseAlarm({ kind: 'sealing-key-missing', keyId: sealed.keyId });
        throw new SignInError('key_missing');
      case 'broken':
        throw new SignInError('cache_unreadable');
    }
  }

  /** Undefined where somebody else renews it, or has replaced it meanwhile. */
  async function renew(version: number, kept: StoredCredentials): Promise<Held | undefined> {
    const now = clock.now();
    const lease = { owner: instance, now, until: now + leaseMilliseconds };
    if (!(await stored(() => tokens.lease(version, lease)))) return undefined;
    let renewed: StoredCredentials;
    try {
      renewed = await renewCredentials(means, kept);
    } catch (error) {
      await stored(() => tokens.release(instance)).catch(() => undefined);
      throw error;
    }
    log({ level: 'info', event: 'sign-in-renewed' });
    try {
      const sealed = storedCredentials.seal(sealer, app, renewed);
      return (await tokens.renew(version, instance, sealed)) ? { version: version + 1, kept: renewed } : undefined;
    } catch {
      // The token is good, and the refresh token that could not be stored leaves the old one good.
      log({ level: 'warn', event: 'sign-in-not-stored' });
      return { version, kept: renewed };
    }
  }

  function adopt(next: Held): StoredCredentials {
    held = next;
    pause.end();
    return next.kept;
  }
}

async function stored<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch {
    throw new SignInError('store_failed');
  }
}

import { type Clock, signInTunables } from '../base/index.ts';
import type { EntraApp } from '../config/index.ts';
import type { RaiseAlarm } from '../reset/index.ts';
import type { StoredCredentials } from './stored-credentials.ts';

const day = 24 * 60 * 60_000;
/**
 * Entra ends a refresh token that was not used for 90 days; each use brings a new one with 90 days of its own. Entra
 * states an earlier end (`refresh_token_expires_in`) for some tokens only. Other ends cannot be foreseen: a change of
 * password, a sign-in frequency in Conditional Access. Neither can the end of a client secret.
 * See https://learn.microsoft.com/entra/identity-platform/refresh-tokens#token-lifetime
 */
const unusedTokenLife = 90 * day;

type Credential = 'refresh-token' | 'certificate';

type TokenKeepAlive = {
  /** Checks at once, and then every five minutes. */
  start(): void;
  stop(): void;
  /** Checks once. Never rejects. */
  checkNow(): Promise<void>;
  /** When the first credential expires, in milliseconds since 1970; undefined before the first check. */
  readonly expiresAt: () => number | undefined;
};

/**
 * Keeps the refresh token alive by a renewal a day at least, and raises alarms in the days before a credential expires.
 * Its regular checks also find a new sign-in while the circuit is open.
 */
export function createTokenKeepAlive({
  app,
  clock,
  keepAlive,
  readStored,
  raiseAlarm,
}: {
  readonly app: EntraApp;
  readonly clock: Clock;
  /** Renews the stored sign-in where its last renewal was before that instant. May reject. */
  readonly keepAlive: (renewedBefore: number) => Promise<StoredCredentials>;
  /** Reads the stored sign-in, valid or not; undefined where there is none that opens. May reject. */
  readonly readStored: () => Promise<StoredCredentials | undefined>;
  readonly raiseAlarm: RaiseAlarm;
}): TokenKeepAlive {
  const warnedDays = new Map<Credential, number>();
  const expiries = new Map<Credential, number>();
  let cancelNextCheck: (() => void) | undefined;
  return {
    start() {
      void checkNow();
      scheduleNextCheck();
    },
    stop() {
      cancelNextCheck?.();
      cancelNextCheck = undefined;
    },
    checkNow,
    expiresAt: () => (expiries.size === 0 ? undefined : Math.min(...expiries.values())),
  };

  function scheduleNextCheck(): void {
    cancelNextCheck = clock.after(signInTunables.keepAliveCheckMilliseconds, () => {
      scheduleNextCheck();
      void checkNow();
    });
  }

  async function checkNow(): Promise<void> {
    if (app.credential.kind === 'certificate') noteExpiry('certificate', app.credential.certificate.endsAt);
    // `keepAlive` has already logged why it fails.
    const renewedBefore = clock.now() - signInTunables.keepAliveRenewalAgeMilliseconds;
    const stored = await keepAlive(renewedBefore).catch(() => readStored().catch(() => undefined));
    if (stored === undefined) return;
    const { renewedAt, refreshEndsAt } = stored;
    noteExpiry('refresh-token', Math.min(renewedAt + unusedTokenLife, refreshEndsAt ?? Infinity));
  }

  /** Raises one alarm for each of the warning days that is reached. A renewal starts the warnings anew. */
  function noteExpiry(what: Credential, endsAt: number): void {
    expiries.set(what, endsAt);
    const daysLeft = (endsAt - clock.now()) / day;
    const reached = signInTunables.expiryWarningDays.findLast((days) => daysLeft <= days);
    const before = warnedDays.get(what) ?? Infinity;
    if (reached !== undefined && reached < before) raiseAlarm({ kind: 'sign-in-ending', what, endsAt });
    if (reached === undefined) warnedDays.delete(what);
    else warnedDays.set(what, reached);
  }
}

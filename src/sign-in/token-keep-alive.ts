import type { Clock } from '../base/index.ts';
import type { RaiseAlarm } from '../reset/index.ts';
import type { EntraApp } from './entra-app.ts';
import type { StoredCredentials } from './stored-credentials.ts';

const day = 24 * 60 * 60_000;
const checkEvery = 5 * 60_000;
/**
 * A refresh token that nobody uses ends after 90 days; each use brings a new one with its own 90 days. Entra says an
 * earlier end (`refresh_token_expires_in`) of some tokens only. What else may end one, such as a change of password or a
 * sign-in frequency in Conditional Access, cannot be foreseen, and neither can the end of a client secret.
 * https://learn.microsoft.com/entra/identity-platform/refresh-tokens#token-lifetime
 */
const unusedTokenLife = 90 * day;
/** Days before the end on which it is said, each once. */
const warningDays = [14, 7, 3, 1];

type Expiry = { readonly what: 'refresh-token' | 'certificate'; readonly endsAt: number };

type TokenKeepAlive = {
  /** Looks at once, and then every five minutes. */
  start(): void;
  stop(): void;
  /** Looks now; never rejects. */
  look(): Promise<void>;
  /** When the first of them ends, as it was last seen. */
  readonly endsAt: () => number | undefined;
};

/**
 * Keeps the refresh token alive by renewing at least daily, picks a new sign-in up where resets pause, and says well
 * before what is about to end.
 */
export function createTokenKeepAlive({
  app,
  clock,
  keepAlive,
  kept,
  raiseAlarm,
}: {
  readonly app: EntraApp;
  readonly clock: Clock;
  readonly keepAlive: (renewedBefore: number) => Promise<StoredCredentials>;
  /** What is kept, good or not; undefined where there is none that opens, or the store does not answer. */
  readonly kept: () => Promise<StoredCredentials | undefined>;
  readonly raiseAlarm: RaiseAlarm;
}): TokenKeepAlive {
  const said = new Map<Expiry['what'], number>();
  const ends = new Map<Expiry['what'], number>();
  let cancel: (() => void) | undefined;
  return {
    start() {
      void look();
      schedule();
    },
    stop() {
      cancel?.();
      cancel = undefined;
    },
    look,
    endsAt: () => (ends.size === 0 ? undefined : Math.min(...ends.values())),
  };

  function schedule(): void {
    cancel = clock.after(checkEvery, () => {
      schedule();
      void look();
    });
  }

  async function look(): Promise<void> {
    if (app.credential.kind === 'certificate') {
      warn({ what: 'certificate', endsAt: app.credential.certificate.endsAt });
    }
    // Why it fails, if it does, has been said where it was asked.
    const found = await keepAlive(clock.now() - day).catch(() => kept().catch(() => undefined));
    if (found === undefined) return;
    const { renewedAt, refreshEndsAt } = found;
    warn({ what: 'refresh-token', endsAt: Math.min(renewedAt + unusedTokenLife, refreshEndsAt ?? Infinity) });
  }

  function warn({ what, endsAt }: Expiry): void {
    ends.set(what, endsAt);
    const left = (endsAt - clock.now()) / day;
    const reached = warningDays.findLast((days) => left <= days);
    const before = said.get(what) ?? Infinity;
    if (reached !== undefined && reached < before) raiseAlarm({ kind: 'sign-in-ending', what, endsAt });
    if (reached === undefined) said.delete(what);
    else said.set(what, reached);
  }
}

import type { Clock, Log } from '../base/index.ts';
import type { RaiseAlarm, SignInPause } from '../reset/index.ts';

/** Why there is no token, since when, and of which kept sign-in that is true. */
type OpenCircuit = {
  readonly cause: SignInPause;
  readonly since: number;
  /** Undefined where there was none. */
  readonly version: number | undefined;
  /** Before this instant Entra is not asked again with that sign-in. */
  readonly askAgainAt: number;
};

export type CircuitBreaker = {
  current(): OpenCircuit | undefined;
  begin(cause: SignInPause, version: number | undefined, entraCode?: number): void;
  end(): void;
  /** Partner Center has set a password: from now on its want of MFA is news again. */
  accepted(): void;
  /** Another sign-in is kept than before: everything is news again. */
  consented(): void;
};

const firstWait = 5 * 60_000;
const longestWait = 60 * 60_000;

/**
 * Remembers that a person is needed. An alarm is raised once per cause, however often it is met. Entra is asked again
 * after 5 minutes, then ever more seldom, at least every hour: what a policy forbade may be allowed again. A token is no
 * proof that Partner Center will take it for a write, and neither is a read, so neither ends `mfa_required`.
 */
export function createCircuitBreaker({
  clock,
  log,
  raiseAlarm,
}: {
  readonly clock: Clock;
  readonly log: Log;
  readonly raiseAlarm: RaiseAlarm;
}): CircuitBreaker {
  let paused: OpenCircuit | undefined;
  let wait = firstWait;
  let told: SignInPause | undefined;
  return {
    current: () => paused,
    begin(cause, version, entraCode) {
      const now = clock.now();
      const before = paused?.cause === cause ? paused : undefined;
      const isSame = before !== undefined && before.version === version;
      if (isSame && now < before.askAgainAt) return;
      const again = isSame || (cause === 'mfa_required' && told === cause);
      wait = again ? Math.min(wait * 2, longestWait) : firstWait;
      paused = { cause, since: before?.since ?? now, version, askAgainAt: now + wait };
      log({ level: 'error', event: 'sign-in-paused', cause, entraCode });
      if (told !== cause) raiseAlarm({ kind: 'sign-in-paused', cause });
      told = cause;
    },
    end() {
      if (paused === undefined) return;
      log({ level: 'info', event: 'sign-in-resumed', cause: paused.cause });
      if (paused.cause !== 'mfa_required') told = undefined;
      paused = undefined;
    },
    accepted() {
      if (paused === undefined) told = undefined;
    },
    consented() {
      told = undefined;
    },
  };
}

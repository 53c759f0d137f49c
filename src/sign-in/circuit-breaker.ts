import { type Clock, type Log, signInTunables } from '../base/index.ts';
import type { RaiseAlarm, SignInPause } from '../reset/index.ts';

/** Why there is no token, and since when. */
type OpenCircuit = {
  readonly cause: SignInPause;
  /** In milliseconds since 1970. */
  readonly since: number;
  /** Version of the stored sign-in that failed; undefined where there was none. */
  readonly version: number | undefined;
  /** Entra is not asked again with that version before this instant. */
  readonly retryAt: number;
};

export type CircuitBreaker = {
  /** Undefined while the circuit is closed, which means that tokens flow. */
  current(): OpenCircuit | undefined;
  open(cause: SignInPause, version: number | undefined, entraCode?: number): void;
  close(): void;
  /** Partner Center has applied a write. The next `mfa_required` raises an alarm again. */
  writeAccepted(): void;
  /** The stored sign-in is a new one. The next failure of any cause raises an alarm again. */
  consentChanged(): void;
};

/**
 * The circuit breaker of the sign-in: open while a person has to act. Each cause raises one alarm, however often it
 * occurs. Entra is asked again after a pause that doubles up to a limit, since an administrator may change a policy back.
 * Neither a new token nor a read proves that Partner Center accepts a write. So neither ends the alarm of `mfa_required`.
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
  let circuit: OpenCircuit | undefined;
  let pause: number = signInTunables.breakerFirstPauseMilliseconds;
  let lastAlarmCause: SignInPause | undefined;
  return {
    current: () => circuit,
    open(cause, version, entraCode) {
      const now = clock.now();
      const before = circuit?.cause === cause ? circuit : undefined;
      const isSame = before !== undefined && before.version === version;
      if (isSame && now < before.retryAt) return;
      const isRepeated = isSame || (cause === 'mfa_required' && lastAlarmCause === cause);
      pause = isRepeated
        ? Math.min(pause * 2, signInTunables.breakerLongestPauseMilliseconds)
        : signInTunables.breakerFirstPauseMilliseconds;
      circuit = { cause, since: before?.since ?? now, version, retryAt: now + pause };
      log({ level: 'error', event: 'sign-in-paused', cause, entraCode });
      if (lastAlarmCause !== cause) raiseAlarm({ kind: 'sign-in-paused', cause });
      lastAlarmCause = cause;
    },
    close() {
      if (circuit === undefined) return;
      log({ level: 'info', event: 'sign-in-resumed', cause: circuit.cause });
      if (circuit.cause !== 'mfa_required') lastAlarmCause = undefined;
      circuit = undefined;
    },
    writeAccepted() {
      if (circuit === undefined) lastAlarmCause = undefined;
    },
    consentChanged() {
      lastAlarmCause = undefined;
    },
  };
}

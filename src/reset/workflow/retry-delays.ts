import { type Clock, type ResetRequestId, workflowTunables } from '../../base/index.ts';

/** Milliseconds until the next attempt of a reset, after so many attempts. */
export function resetAttemptDelay(attempts: number): number {
  const { firstResetAttemptDelayMilliseconds, maxResetAttemptDelayMilliseconds } = workflowTunables;
  return Math.min(
    firstResetAttemptDelayMilliseconds * 2 ** Math.max(0, attempts - 1),
    maxResetAttemptDelayMilliseconds,
  );
}

/** Milliseconds until a message is sent or updated again, after it failed so many times before. */
export function messageDelay(times: number): number {
  const { firstMessageDelayMilliseconds, maxMessageDelayMilliseconds } = workflowTunables;
  // The exponent is capped because a chat may stay blocked for ever.
  return Math.min(firstMessageDelayMilliseconds * 2 ** Math.min(times, 20), maxMessageDelayMilliseconds);
}

/** Milliseconds until a password is hidden again, after that failed so many times before. There is no last attempt. */
export function hidingDelay(times: number): number {
  const { frequentHidingAttempts, rareHidingDelayMilliseconds } = workflowTunables;
  return times < frequentHidingAttempts ? messageDelay(times) : rareHidingDelayMilliseconds;
}

/** The requests that this process does not poll for a while, because it failed at them. */
export type BackOff = {
  /** This process failed at the request. It backs off for a second, and for twice as long after each further failure. */
  failed(id: ResetRequestId): void;
  /** This process did not fail, so the request is forgotten here. */
  succeeded(id: ResetRequestId): void;
  isWaiting(id: ResetRequestId): boolean;
  /** The requests whose back-off has ended and that have not succeeded since. */
  ended(): readonly ResetRequestId[];
  /** How many requests are remembered, waiting or not. */
  count(): number;
};

/**
 * Keeps a failing store or port from being called for the same request with every poll. The back-off is in memory only,
 * because a store that fails cannot write it down. After a restart every due request is therefore tried at once.
 *
 * Beyond `workflowTunables.maxBackedOffRequests` the oldest entry is dropped. That request is polled again once it is due.
 */
export function createBackOff(clock: Pick<Clock, 'now'>): BackOff {
  const known = new Map<ResetRequestId, { readonly times: number; readonly until: number }>();
  return {
    failed(id) {
      const times = known.get(id)?.times ?? 0;
      known.delete(id);
      known.set(id, { times: times + 1, until: clock.now() + messageDelay(times) });
      const [oldest] = known.keys();
      if (known.size > workflowTunables.maxBackedOffRequests && oldest !== undefined) known.delete(oldest);
    },
    succeeded(id) {
      known.delete(id);
    },
    isWaiting: (id) => (known.get(id)?.until ?? 0) > clock.now(),
    ended() {
      const now = clock.now();
      return [...known].filter(([, { until }]) => until <= now).map(([id]) => id);
    },
    count: () => known.size,
  };
}

/**
 * The same use case, which also backs off from its request when it fails. A step whose answer was lost may have been
 * committed all the same. The back-off lets this process look again soon, and not only when its lease ends.
 */
export function backOffOnFailure<Given extends readonly unknown[], Done>(
  useCase: (id: ResetRequestId, ...given: Given) => Promise<Done>,
  backOff: Pick<BackOff, 'failed'>,
): (id: ResetRequestId, ...given: Given) => Promise<Done> {
  return async (id, ...given) => {
    try {
      return await useCase(id, ...given);
    } catch (failure) {
      backOff.failed(id);
      throw failure;
    }
  };
}

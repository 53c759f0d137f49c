import type { Clock, ResetRequestId } from '../../base/index.ts';

/** How a PATCH without an answer is tried again: the same password, 1 s to 60 s apart, 8 tries or 10 minutes in all. */
export const resetAttemptLimits = { most: 8, withinMilliseconds: 10 * 60_000 } as const;

/** Milliseconds until the next try after `tries`: doubles from 1 s to 60 s. */
export function resetAttemptDelay(tries: number): number {
  return Math.min(1000 * 2 ** Math.max(0, tries - 1), 60_000);
}

/** Milliseconds until a message is put again after it was put off `times`: doubles from 1 s to 5 minutes, without end. */
export function messageDelay(times: number): number {
  return Math.min(1000 * 2 ** Math.min(times, 20), 5 * 60_000);
}

/** Attempts to hide a message, about eight hours of them, after which its chat is asked once an hour: it may stay blocked for ever. */
const hidingAttempts = 100;

/** Milliseconds until a message is hidden again after that failed `times`, without end. */
export function hidingDelay(times: number): number {
  return times < hidingAttempts ? messageDelay(times) : 60 * 60_000;
}

/** Milliseconds until a sealed password that did not open is tried again: an instance may come that has its key. */
export const sealingKeyWaitMilliseconds = 30 * 60_000;

/** Milliseconds a password waits for somebody to see it: for the first press, or for a chat that lets it in. */
export const undeliveredPasswordMilliseconds = 8 * 60 * 60_000;

/** Milliseconds after which what was confirmed and could not begin is no longer what anybody waits for. */
export const confirmationValidMilliseconds = 60 * 60_000;

/** Take-overs in a row, without any step between, after which a request is given up; each waits for a lease to end. */
export const maxReclaims = 10;

/** Which requests this process leaves alone for a while, because working on them failed. */
export type BackOff = {
  /** Working on it failed: it is left alone for a second, and for twice as long each time, up to 5 minutes. */
  failed(id: ResetRequestId): void;
  /** Working on it did not fail. */
  succeeded(id: ResetRequestId): void;
  isWaiting(id: ResetRequestId): boolean;
  /** Those that were left alone for long enough. */
  ended(): readonly ResetRequestId[];
  /** How many are known, whether their time is over or not. */
  count(): number;
};

/** More than so many are not remembered: the longest known is forgotten, and tried again once it is due. */
const maxBackedOff = 1000;

/**
 * Keeps a store that cannot write, or a port that fails, from being asked every second for the same request. It is in
 * memory only, because what cannot be written cannot be written down; a restart tries at once whatever is due.
 */
export function createBackOff(clock: Pick<Clock, 'now'>): BackOff {
  const known = new Map<ResetRequestId, { readonly times: number; readonly until: number }>();
  return {
    failed(id) {
      const times = known.get(id)?.times ?? 0;
      known.delete(id);
      known.set(id, { times: times + 1, until: clock.now() + messageDelay(times) });
      const [oldest] = known.keys();
      if (known.size > maxBackedOff && oldest !== undefined) known.delete(oldest);
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
 * The same act, of which a failure is noted: what it could not write may have been written all the same, and is looked at
 * soon, and not when its lease ends.
 */
export function backOffOnFailure<Given extends readonly unknown[], Done>(
  act: (id: ResetRequestId, ...given: Given) => Promise<Done>,
  backOff: Pick<BackOff, 'failed'>,
): (id: ResetRequestId, ...given: Given) => Promise<Done> {
  return async (id, ...given) => {
    try {
      return await act(id, ...given);
    } catch (failure) {
      backOff.failed(id);
      throw failure;
    }
  };
}

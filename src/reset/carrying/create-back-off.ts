import type { Clock } from '../../clock.ts';
import type { ResetRequestId } from '../../ids.ts';
import { messageDelay } from './retry-rules.ts';

/** Which requests this process leaves alone for a while, because working on them failed. */
export type BackOff = {
  /** Working on it failed: it is left alone for a second, and for twice as long each time, up to 5 minutes. */
  failed(id: ResetRequestId): void;
  /** Working on it did not fail. */
  went(id: ResetRequestId): void;
  isWaiting(id: ResetRequestId): boolean;
  /** Those that were left alone for long enough. */
  over(): readonly ResetRequestId[];
  /** How many are known, whether their time is over or not. */
  count(): number;
};

/** More than so many are not remembered: the longest known is forgotten, and tried again once it is due. */
const mostKnown = 1000;

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
      if (known.size > mostKnown && oldest !== undefined) known.delete(oldest);
    },
    went(id) {
      known.delete(id);
    },
    isWaiting: (id) => (known.get(id)?.until ?? 0) > clock.now(),
    over() {
      const now = clock.now();
      return [...known].filter(([, { until }]) => until <= now).map(([id]) => id);
    },
    count: () => known.size,
  };
}

import type { Log } from '../log.ts';
import type { ResetStore } from './ports/reset-store.ts';

/** The same store, which says of every step that was committed what it was. */
export function logSteps(store: ResetStore, log: Log): ResetStore {
  return {
    ...store,
    async swap(before, step) {
      const swapped = await store.swap(before, step);
      if (swapped.kind === 'swapped') {
        const { correlationId, state, version } = swapped.request;
        log({ level: 'debug', event: 'step', kind: step.entry.kind, state, version, correlationId });
      }
      return swapped;
    },
  };
}

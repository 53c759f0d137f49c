import { type ResetRequestId, workflowTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { findWaiting } from '../waiting.ts';
import type { RunRequest } from './commit-step.ts';
import type { BackgroundTasks } from './due-requests.ts';
import { showWaiting } from './update-cards.ts';

/** Tells on the card of a request that it has waited for long. */
export type WaitingNotice = {
  /** The same run, beside which the card says what it waits for after `tellWaitingAfterMilliseconds`. */
  watch(run: RunRequest): RunRequest;
  /** Tells nothing any more of the runs that are watched now. */
  stop(): void;
};

/** Creates the notice. It is told once for each run, in the background, and not after `givenUp`. */
export function createWaitingNotice(
  dependencies: Pick<Dependencies, 'store' | 'messages' | 'clock'>,
  background: Pick<BackgroundTasks, 'start'>,
  givenUp: AbortSignal,
): WaitingNotice {
  const pending = new Set<() => void>();
  return {
    watch: (run) => async (request, options) => {
      const cancel = dependencies.clock.after(workflowTunables.tellWaitingAfterMilliseconds, () => {
        pending.delete(cancel);
        if (!givenUp.aborted) background.start(tell(request.id), 'wait-not-told', request);
      });
      pending.add(cancel);
      const current = await run(request, options);
      if (findWaiting(current, Infinity) === undefined && pending.delete(cancel)) cancel();
      return current;
    },
    stop() {
      for (const cancel of pending) cancel();
      pending.clear();
    },
  };

  async function tell(id: ResetRequestId): Promise<void> {
    const request = await dependencies.store.find(id);
    if (request !== undefined) await showWaiting(dependencies, request);
  }
}

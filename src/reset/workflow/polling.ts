import { type ResetRequestId, useCaseTunables, workflowTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { RunQuestion } from '../questions/question-runner.ts';
import type { ResetRequest } from '../request.ts';
import { type ActiveRequests, logFailure } from './background-tasks.ts';
import { expireIfUnanswered } from './commit-step.ts';
import type { BackOff } from './retry-delays.ts';

/**
 * Makes one poll of the store for requests that are due and that no process works on. They are due after a restart, when
 * the lease of another instance has ended, or when the time of a request has come.
 *
 * A request at which this process failed is polled too, once its back-off has ended and although this process still holds
 * the lease. Otherwise a store that was away for a second would delay it for the rest of the lease.
 *
 * The poll waits for no request, so a slow answer to one delays no other. Active and backed-off requests are read in
 * addition to the batch, so that they take no place of another request.
 */
export function createPollDueRequests(
  dependencies: Dependencies,
  active: Pick<ActiveRequests, 'run' | 'count'>,
  backOff: BackOff,
): () => Promise<void> {
  const { requestsPerPoll } = workflowTunables;
  return async () => {
    const { store, clock } = dependencies;
    const due = await store.due(clock.now(), requestsPerPoll + active.count() + backOff.count());
    const isDue = new Set(due.map(({ id }) => id));
    const failed = backOff.ended().filter((id) => !isDue.has(id));
    await Promise.all([
      ...due.filter(({ id }) => !backOff.isWaiting(id)).map(expireOrRun),
      ...failed.slice(0, requestsPerPoll).map(runFailed),
    ]);
  };

  async function expireOrRun(request: ResetRequest): Promise<void> {
    const current = await expireIfUnanswered(dependencies, request).catch((failure: unknown) => {
      backOff.failed(request.id);
      throw failure;
    });
    runInBackground(current);
  }

  async function runFailed(id: ResetRequestId): Promise<void> {
    const request = await dependencies.store.find(id).catch((failure: unknown) => {
      backOff.failed(id);
      throw failure;
    });
    if (request === undefined) backOff.succeeded(id);
    else runInBackground(request);
  }

  function runInBackground(request: ResetRequest): void {
    // `run` has logged the failure and backed off, so the next poll tries again.
    active.run(request).catch(() => undefined);
  }
}

/** Repeats a poll between `start` and `stop`. */
export type Polling = {
  start(): void;
  /** Starts no further poll. Resolves when the one that is under way has ended. */
  stop(): Promise<void>;
};

/** Polls at once, and then again `durations.poll` milliseconds after each poll has ended, however it ended. */
export function createPolling(
  dependencies: Pick<Dependencies, 'clock' | 'durations' | 'log'>,
  poll: () => Promise<unknown>,
): Polling {
  let cancelTimer: (() => void) | undefined;
  let polling: Promise<unknown> = Promise.resolve();
  return {
    start() {
      schedule(0);
    },
    async stop() {
      cancelTimer?.();
      cancelTimer = undefined;
      await polling;
    },
  };

  function schedule(milliseconds: number): void {
    cancelTimer = dependencies.clock.after(milliseconds, () => {
      polling = poll()
        .catch((failure: unknown) => {
          logFailure(dependencies, 'pick-up-failed', failure, undefined);
        })
        .finally(() => {
          if (cancelTimer !== undefined) schedule(dependencies.durations.poll);
        });
    });
  }
}

/**
 * Starts the work on questions that are due, and does not wait for it. A question is due when its time is over, or its
 * card out of date, or when no instance works on its choice any more.
 */
export function createPollDueQuestions(
  dependencies: Dependencies,
  run: RunQuestion,
  startInBackground: (work: Promise<unknown>) => void,
): () => Promise<void> {
  return async () => {
    for (const question of await dependencies.questions.due(dependencies.clock.now(), useCaseTunables.questionsPerPoll))
      startInBackground(run(question));
  };
}

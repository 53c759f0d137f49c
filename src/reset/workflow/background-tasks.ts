import { type Clock, readErrorCode, type ResetRequestId, workflowTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { ResetRequest } from '../request.ts';
import type { RunRequest } from './commit-step.ts';
import type { BackOff } from './retry-delays.ts';
import { isLeftToAnother, reportSealingKeyMissing } from './sealed-password.ts';

/** The requests that this process works on at this moment. */
export type ActiveRequests = {
  /** Runs a request. A second call for the same request joins the first one. Rejects if the first one does. */
  readonly run: RunRequest;
  count(): number;
  /** Resolves when everything that is active now has come to rest. */
  settle(): Promise<unknown>;
};

/**
 * Runs each request once at a time in this process, and tells `backOff` how it went. `runner` is `createRunner` of
 * reset/workflow/runner.ts. Two processes can still meet at one
 * request: the lease and the compare-and-swap of each step decide between them.
 */
export function createActiveRequests(
  dependencies: Dependencies,
  runner: RunRequest,
  backOff: Pick<BackOff, 'failed' | 'succeeded'>,
): ActiveRequests {
  const active = new Map<ResetRequestId, Promise<ResetRequest>>();
  return { run, count: () => active.size, settle: () => Promise.allSettled(active.values()) };

  function run(request: ResetRequest, options?: Parameters<RunRequest>[1]): Promise<ResetRequest> {
    const already = active.get(request.id);
    if (already) return already;
    const running = runner(request, options)
      .then((current) => {
        if (isBlockedHere(current)) {
          backOff.failed(request.id);
          reportSealingKeyMissing(dependencies, current);
        } else {
          backOff.succeeded(request.id);
        }
        return current;
      })
      .catch((failure: unknown) => {
        backOff.failed(request.id);
        logFailure(dependencies, 'carry-out-failed', failure, request);
        throw failure;
      })
      .finally(() => active.delete(request.id));
    active.set(request.id, running);
    return running;
  }

  /** Whether a request is due, and this process cannot work on it because it lacks the sealing key. */
  function isBlockedHere(request: ResetRequest): boolean {
    const now = dependencies.clock.now();
    const { dueAt = Infinity, lease } = request;
    return dueAt <= now && (lease?.until ?? 0) <= now && isLeftToAnother(dependencies, request, now);
  }
}

/** Work that no caller waits for. A failure of it is logged under the name of the event that was given. */
export type BackgroundTasks = {
  start(work: Promise<unknown>, failureEvent: string, request?: ResetRequest): void;
  /** Makes the function that starts this work, unless it is under way already. */
  startOneAtATime(work: () => Promise<unknown>, failureEvent: string): () => void;
  /** The tasks that have not ended yet. None of them rejects. */
  pending(): readonly Promise<void>[];
};

/** Keeps track of background tasks, so that a graceful stop can wait for them. */
export function createBackgroundTasks(dependencies: Pick<Dependencies, 'log'>): BackgroundTasks {
  const tasks = new Set<Promise<void>>();
  return {
    start,
    startOneAtATime(work, failureEvent) {
      let isActive = false;
      return () => {
        if (isActive) return;
        isActive = true;
        const ended = work().finally(() => {
          isActive = false;
        });
        start(ended, failureEvent);
      };
    },
    pending: () => [...tasks],
  };

  function start(work: Promise<unknown>, failureEvent: string, request?: ResetRequest): void {
    const task = work
      .then(
        () => undefined,
        (failure: unknown) => {
          logFailure(dependencies, failureEvent, failure, request);
        },
      )
      .finally(() => tasks.delete(task));
    tasks.add(task);
  }
}

export function logFailure(
  { log }: Pick<Dependencies, 'log'>,
  event: string,
  failure: unknown,
  request: ResetRequest | undefined,
): void {
  const code = readErrorCode(failure) ?? 'defect';
  log({ level: 'error', event, correlationId: request?.correlationId, code });
}

/** How work that is under way comes to an end when the process stops. */
type GracefulStop = {
  /** Aborted once no further step may begin: what is not finished is released to other instances. */
  readonly givenUp: AbortSignal;
  /** Waits for `atRest`, but never longer than the stop limit, counted from the first call. */
  within(atRest: () => Promise<unknown>): Promise<void>;
};

/**
 * Work gets a grace period to end by itself. Then `givenUp` is aborted, and after the limit nothing is waited for. Both end
 * before the ten seconds after which orchestrators usually kill a process.
 */
export function createGracefulStop(clock: Clock): GracefulStop {
  const controller = new AbortController();
  let limit: Promise<void> | undefined;
  return {
    givenUp: controller.signal,
    async within(atRest) {
      limit ??= startLimit();
      await Promise.race([atRest(), limit]);
    },
  };

  function startLimit(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    clock.after(workflowTunables.stopGraceMilliseconds, () => {
      controller.abort();
    });
    clock.after(workflowTunables.stopLimitMilliseconds, resolve);
    return promise;
  }
}

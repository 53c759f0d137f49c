import type { Clock, ResetRequestId } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { ResetRequest } from '../request.ts';
import { expire } from './commit-step.ts';
import type { BackOff } from './retry.ts';
import type { RunRequest } from './commit-step.ts';

/** Rows read at a time: enough to keep busy, few enough to share with other instances. */
const requestsAtOnce = 16;

/**
 * Takes up what is due and nobody works on: after a restart, from another instance, or because its time has come; and
 * what this process failed at and still holds the lease of, so that nobody waits for that to end when the store was away
 * for a moment. It waits for none of it, so that a slow answer to one request holds up no other. `underWay` is what this
 * process has in hand already, and what waits in `backOff` is left alone; neither takes the place of another.
 */
export function createPollDueRequests(
  dependencies: Dependencies,
  run: RunRequest,
  underWay: ReadonlyMap<ResetRequestId, unknown>,
  backOff: BackOff,
): () => Promise<void> {
  return async () => {
    const due = await dependencies.store.due(
      dependencies.clock.now(),
      requestsAtOnce + underWay.size + backOff.count(),
    );
    const isDue = new Set(due.map(({ id }) => id));
    const failed = backOff.ended().filter((id) => !isDue.has(id));
    await Promise.all([
      ...due.filter(({ id }) => !backOff.isWaiting(id)).map(takeUp),
      ...failed.slice(0, requestsAtOnce).map(takeUpFailed),
    ]);
  };

  async function takeUpFailed(id: ResetRequestId): Promise<void> {
    const request = await dependencies.store.find(id).catch((failure: unknown) => {
      backOff.failed(id);
      throw failure;
    });
    if (request === undefined) backOff.succeeded(id);
    else goOn(request);
  }

  async function takeUp(request: ResetRequest): Promise<void> {
    const current = await expire(dependencies, request).catch((failure: unknown) => {
      backOff.failed(request.id);
      throw failure;
    });
    goOn(current);
  }

  function goOn(request: ResetRequest): void {
    // Whoever carries it out has logged the failure, and it is tried again.
    run(request).catch(() => undefined);
  }
}

/** Milliseconds that work has to end as it would, and milliseconds after which nothing is waited for any more. */
const stopGraceMilliseconds = 4000;
const stopLimitMilliseconds = 8000;

/** How a process ends that may have work in hand. */
type GracefulStop = {
  /** Aborted once work that goes on is to be left to others. */
  readonly givenUp: AbortSignal;
  /**
   * Waits until `atRest` resolves: four seconds as it is, then with everything given up, and no longer than eight seconds
   * after the first call.
   */
  within(atRest: () => Promise<unknown>): Promise<void>;
};

/** Prepares for the end. Whoever stops a process waits ten seconds before they kill it. */
export function createGracefulStop(clock: Clock): GracefulStop {
  const controller = new AbortController();
  let over: Promise<void> | undefined;
  return {
    givenUp: controller.signal,
    async within(atRest) {
      over ??= begin();
      await Promise.race([atRest(), over]);
    },
  };

  function begin(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    clock.after(stopGraceMilliseconds, () => {
      controller.abort();
    });
    clock.after(stopLimitMilliseconds, resolve);
    return promise;
  }
}

import type { Clock } from './clock.ts';

/** How a call ended within its time. `failed` holds what was thrown, which may hold secrets: never log it as it is. */
type TimedCall<Result> =
  | { readonly kind: 'answered'; readonly result: Result }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'timeout' };

/**
 * Makes a call and stops waiting for it after `milliseconds`. The limit covers everything that the call waits for: a
 * token, a connection, headers and the rest of a body. On a timeout the signal fires, so that the call can stop too.
 * It never rejects, except for what `call` throws before it returns its promise.
 */
export async function callWithTimeout<Result>(
  clock: Clock,
  milliseconds: number,
  call: (signal: AbortSignal) => Promise<Result>,
): Promise<TimedCall<Result>> {
  const controller = new AbortController();
  const { promise: late, resolve } = Promise.withResolvers<TimedCall<Result>>();
  const cancel = clock.after(milliseconds, () => {
    resolve({ kind: 'timeout' });
    controller.abort();
  });
  try {
    return await Promise.race([settleCall(call(controller.signal)), late]);
  } finally {
    cancel();
  }
}

async function settleCall<Result>(answer: Promise<Result>): Promise<TimedCall<Result>> {
  try {
    return { kind: 'answered', result: await answer };
  } catch (error) {
    return { kind: 'failed', error };
  }
}

/** What `done` resolves to. It is `otherwise` if `done` rejects or takes longer than `milliseconds`. */
export async function resolveWithin<Result>(
  clock: Clock,
  milliseconds: number,
  done: Promise<Result>,
  otherwise: Result,
): Promise<Result> {
  const outcome = await callWithTimeout(clock, milliseconds, () => done);
  return outcome.kind === 'answered' ? outcome.result : otherwise;
}

/** Resolves after `milliseconds`. */
export function wait(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(milliseconds, resolve);
  });
}

/** A moment after which work must neither begin nor continue. */
type Deadline = {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Fires when the deadline passes. */
  readonly signal: AbortSignal;
  hasPassed(): boolean;
  /** Frees the timer; the signal then never fires. */
  cancel(): void;
};

/**
 * Starts a deadline `milliseconds` from now. Start it before the step that claims the work. If the process then
 * freezes between the claim and the call, the signal fires when it wakes up.
 */
export function startDeadline(clock: Clock, milliseconds: number): Deadline {
  const at = clock.now() + milliseconds;
  const controller = new AbortController();
  const cancel = clock.after(milliseconds, () => {
    controller.abort();
  });
  return {
    at,
    signal: controller.signal,
    hasPassed: () => clock.now() >= at || controller.signal.aborted,
    cancel,
  };
}

/** Runs `work` with a signal that fires with a `TimeoutError` after `milliseconds`, or when `callerSignal` fires. */
export async function withTimeLimit<Result>(
  clock: Clock,
  milliseconds: number,
  callerSignal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const limit = new AbortController();
  const cancel = clock.after(milliseconds, () => {
    limit.abort(new DOMException('The time limit is over.', 'TimeoutError'));
  });
  try {
    return await work(callerSignal === undefined ? limit.signal : AbortSignal.any([callerSignal, limit.signal]));
  } finally {
    cancel();
  }
}

/** Settles like `work`, but rejects at once when `signal` fires, even where `work` ignores the signal. */
export async function rejectOnAbort<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = (): void => {
    reject(signal.reason);
  };
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) {
    stop();
  }
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Waits by the clock. An abort of `signal` ends the wait early. */
export async function waitUnlessAborted(
  clock: Clock,
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<'waited' | 'aborted'> {
  if (signal?.aborted === true) {
    return 'aborted';
  }
  const { promise, resolve } = Promise.withResolvers<'waited' | 'aborted'>();
  const cancel = clock.after(milliseconds, () => {
    resolve('waited');
  });
  const stop = (): void => {
    resolve('aborted');
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await promise;
  } finally {
    cancel();
    signal?.removeEventListener('abort', stop);
  }
}

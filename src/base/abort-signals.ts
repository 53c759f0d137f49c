import type { Clock } from './clock.ts';

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

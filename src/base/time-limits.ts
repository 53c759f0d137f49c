import type { Clock } from './clock.ts';

/** How a call ended within its time; `failed` holds whatever was thrown and must not outlive the reader of it. */
type TimedCall<Result> =
  | { readonly kind: 'answered'; readonly result: Result }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'timeout' };

/**
 * Makes a call and stops waiting for it after `milliseconds`, whatever it waits for itself: a token, a connection,
 * headers, or the rest of a body. The signal tells the call to stop.
 */
export async function callWithTimeout<Result>(
  clock: Clock,
  milliseconds: number,
  call: (signal: AbortSignal) => Promise<Result>,
): Promise<TimedCall<Result>> {
  const controller = new AbortController();
  const { promise: silence, resolve } = Promise.withResolvers<TimedCall<Result>>();
  const stopWaiting = clock.after(milliseconds, () => {
    resolve({ kind: 'timeout' });
    controller.abort();
  });
  try {
    return await Promise.race([settleCall(call(controller.signal)), silence]);
  } finally {
    stopWaiting();
  }
}

async function settleCall<Result>(answer: Promise<Result>): Promise<TimedCall<Result>> {
  try {
    return { kind: 'answered', result: await answer };
  } catch (error) {
    return { kind: 'failed', error };
  }
}

/** What `done` resolves to, or `otherwise` where that takes longer than `milliseconds` or fails. */
export async function resolveWithin<Result>(
  clock: Clock,
  milliseconds: number,
  done: Promise<Result>,
  otherwise: Result,
): Promise<Result> {
  const { promise: late, resolve } = Promise.withResolvers<Result>();
  const cancel = clock.after(milliseconds, () => {
    resolve(otherwise);
  });
  try {
    return await Promise.race([done.catch(() => otherwise), late]);
  } finally {
    cancel();
  }
}

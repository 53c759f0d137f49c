import type { Clock } from '../clock.ts';

/** How a call ended within its time; `failed` holds whatever was thrown and must not outlive the reader of it. */
export type LimitedCall<Result> =
  | { readonly kind: 'answered'; readonly result: Result }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'timeout' };

/**
 * Makes a call and stops waiting for it after `milliseconds`, whatever it waits for itself: a token, a connection,
 * headers, or the rest of a body. The signal tells the call to stop.
 */
export async function callWithLimit<Result>(
  clock: Clock,
  milliseconds: number,
  call: (signal: AbortSignal) => Promise<Result>,
): Promise<LimitedCall<Result>> {
  const controller = new AbortController();
  const { promise: silence, resolve } = Promise.withResolvers<LimitedCall<Result>>();
  const stopWaiting = clock.after(milliseconds, () => {
    resolve({ kind: 'timeout' });
    controller.abort();
  });
  try {
    return await Promise.race([settle(call(controller.signal)), silence]);
  } finally {
    stopWaiting();
  }
}

async function settle<Result>(answer: Promise<Result>): Promise<LimitedCall<Result>> {
  try {
    return { kind: 'answered', result: await answer };
  } catch (error) {
    return { kind: 'failed', error };
  }
}

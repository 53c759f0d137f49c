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

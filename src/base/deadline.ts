import type { Clock } from './clock.ts';

/** A moment after which something must not begin, and must not go on. */
type Deadline = {
  readonly at: number;
  readonly signal: AbortSignal;
  hasPassed(): boolean;
  /** Frees the timer. */
  done(): void;
};

/**
 * Starts counting now. It has to be made before the step that claims the work: a process frozen between claim and call
 * wakes up with its signal already on the way.
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
    done: cancel,
  };
}

import type { Clock } from '../clock.ts';

/** The most that one sign-in without a person may take, all its requests together. It is shorter than a lease. */
const mostMilliseconds = 20_000;

/** A signal that fires when the time for one sign-in is over; `done` takes that back. */
export function startLimit(clock: Clock): { readonly signal: AbortSignal; readonly done: () => void } {
  const limit = new AbortController();
  const done = clock.after(mostMilliseconds, () => {
    limit.abort();
  });
  return { signal: limit.signal, done };
}

/** How a PATCH without an answer is tried again: the same password, 1 s to 60 s apart, 8 tries or 10 minutes in all. */
export const resetTries = { most: 8, withinMilliseconds: 10 * 60_000 } as const;

/** Milliseconds until the next try after `tries`: doubles from 1 s to 60 s. */
export function resetTryDelay(tries: number): number {
  return Math.min(1000 * 2 ** Math.max(0, tries - 1), 60_000);
}

/** Milliseconds until a message is put again after it was put off `times`: doubles from 1 s to 5 minutes, without end. */
export function messageDelay(times: number): number {
  return Math.min(1000 * 2 ** Math.min(times, 20), 5 * 60_000);
}

/** Attempts to hide a message, about eight hours of them, after which its chat is asked once an hour: it may stay blocked for ever. */
const hidingAttempts = 100;

/** Milliseconds until a message is hidden again after that failed `times`, without end. */
export function hidingDelay(times: number): number {
  return times < hidingAttempts ? messageDelay(times) : 60 * 60_000;
}

/** Milliseconds until a sealed password that did not open is tried again: an instance may come that has its key. */
export const untilAnotherKey = 30 * 60_000;

/** Milliseconds a password waits for somebody to see it: for the first press, or for a chat that lets it in. */
export const unseenMilliseconds = 8 * 60 * 60_000;

/** Milliseconds after which what was confirmed and could not begin is no longer what anybody waits for. */
export const confirmationHolds = 60 * 60_000;

/** Take-overs in a row, without any step between, after which a request is given up; each waits for a lease to end. */
export const mostTakeOvers = 10;

import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import { callWithLimit } from './call-with-limit.ts';
import { ConnectorError } from './connector-error.ts';
import type { ConnectorFailure } from './read-connector-failure.ts';
import { readConnectorFailure } from './read-connector-failure.ts';

const retries = 3;
const firstPauseMilliseconds = 500;
const passing = new Set([412, 429, 502, 503, 504]);
const beforeTheMessage = new Set([412, 429]);

/** How long things may take, in milliseconds: one try, and the last moment at which another one may begin. */
export type ConnectorLimits = { readonly tryMilliseconds: number; readonly retryWithinMilliseconds: number };

/**
 * Makes a call and repeats it up to three times where the rule allows: a call that may be `repeated` without harm on
 * 412, 429, 502, 503, 504, a lost connection and silence; any other on 412 and 429 only, because a message may have
 * been delivered although the answer says it was not. Pauses grow, are spread, and are never shorter than the
 * service's `Retry-After`.
 *
 * @throws ConnectorError
 */
export async function retryConnectorCall<Result>(
  {
    clock,
    random,
    limits,
  }: { readonly clock: Clock; readonly random: Pick<Random, 'fraction'>; readonly limits: ConnectorLimits },
  mayRepeat: boolean,
  call: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const lastStart = clock.now() + limits.retryWithinMilliseconds;
  for (let number = 0; ; number += 1) {
    const outcome = await callWithLimit(clock, limits.tryMilliseconds, call);
    if (outcome.kind === 'answered') return outcome.result;
    const failure: ConnectorFailure =
      outcome.kind === 'timeout'
        ? { code: 'timeout', status: undefined, retryAfterMilliseconds: undefined }
        : readConnectorFailure(outcome.error, clock.now());
    const spread = firstPauseMilliseconds * 2 ** number * (0.5 + random.fraction() / 2);
    const pause = Math.max(failure.retryAfterMilliseconds ?? 0, spread);
    if (number === retries || !isWorthAnother(failure, mayRepeat) || clock.now() + pause > lastStart) {
      throw new ConnectorError(failure.code, failure.status);
    }
    await new Promise<void>((resolve) => {
      clock.after(pause, resolve);
    });
  }
}

function isWorthAnother({ code, status }: ConnectorFailure, mayRepeat: boolean): boolean {
  if (status !== undefined) return (mayRepeat ? passing : beforeTheMessage).has(status);
  return mayRepeat && (code === 'unavailable' || code === 'timeout');
}

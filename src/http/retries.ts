import { type Clock, outboundTunables, waitUnlessAborted } from '../base/index.ts';
import type { CallOutcome } from './exchange.ts';

/** What the retries have to know of a failure. */
type RetriableFault = {
  /** For a write: `unknown` where the service may have applied it, `none` where it certainly has not. */
  readonly effect: 'none' | 'unknown';
  /** Whether a retry may succeed. */
  readonly mayPass: boolean;
  readonly retryAfterMilliseconds?: number | undefined;
};

/** What all tries together brought. `effect` is that of the whole operation: `unknown` once one try of a write was. */
export type RetriedOutcome<Answer, Fault> =
  | { readonly kind: 'answered'; readonly answer: Answer; readonly tries: number }
  | {
      readonly kind: 'failed';
      readonly fault: Fault;
      readonly effect: RetriableFault['effect'];
      readonly tries: number;
    };

/**
 * Makes an operation with all its tries, and never rejects by itself. It retries reads and repeatable writes after a passing
 * fault, and any operation once with a fresh token where the token was refused: a write only where that certainly changed
 * nothing, or where it may be repeated. Once a try of a write has ended without a definite answer, a later refusal does not
 * prove that nothing was changed.
 */
export async function callWithRetries<Answer, Fault extends RetriableFault>({
  clock,
  random,
  delays,
  tryMilliseconds,
  operationMilliseconds,
  isWrite,
  mayRepeat,
  signal,
  isTokenRefused,
  callOnce,
}: {
  readonly clock: Clock;
  /** The jitter of waits: a number from 0 up to, but not including, 1. */
  readonly random: () => number;
  /** The wait before each retry, in milliseconds: as many as there are retries. */
  readonly delays: readonly number[];
  readonly tryMilliseconds: number;
  /** For all tries and waits. */
  readonly operationMilliseconds: number;
  readonly isWrite: boolean;
  readonly mayRepeat: boolean;
  readonly signal: AbortSignal | undefined;
  readonly isTokenRefused: (fault: Fault) => boolean;
  /** One try, with a fresh token or not, within so many milliseconds. */
  readonly callOnce: (fresh: boolean, milliseconds: number) => Promise<CallOutcome<Answer, Fault>>;
}): Promise<RetriedOutcome<Answer, Fault>> {
  const end = clock.now() + operationMilliseconds;
  let tries = 0;
  let retries = 0;
  let token: 'cached' | 'fresh' | 'cached-after-fresh' = 'cached';
  let effect: RetriableFault['effect'] = 'none';
  for (;;) {
    const milliseconds = Math.max(1, Math.min(tryMilliseconds, end - clock.now()));
    const outcome = await callOnce(token === 'fresh', milliseconds);
    tries += outcome.sent ? 1 : 0;
    if (outcome.kind === 'answered') return { kind: 'answered', answer: outcome.answer, tries };
    const { fault } = outcome;
    effect = isWrite && fault.effect === 'unknown' ? 'unknown' : effect;
    const isRepeatable = !isWrite || mayRepeat;
    if (isTokenRefused(fault) && token === 'cached' && (isRepeatable || fault.effect === 'none')) {
      token = 'fresh';
      continue;
    }
    token = token === 'cached' ? 'cached' : 'cached-after-fresh';
    const failed = { kind: 'failed', fault, effect, tries } as const;
    const backoff = delays[retries];
    if (!fault.mayPass || !isRepeatable || backoff === undefined || signal?.aborted === true) return failed;
    const delay = chooseDelay(backoff, fault.retryAfterMilliseconds, random());
    const isTooLate = clock.now() + delay >= end;
    if (isTooLate || (await waitUnlessAborted(clock, delay, signal)) === 'aborted') return failed;
    retries += 1;
  }
}

/** With jitter: `Retry-After` and up to one backoff more, or else between half and the whole of the backoff. */
function chooseDelay(backoff: number, retryAfter: number | undefined, random: number): number {
  return Math.round(retryAfter === undefined ? backoff * (0.5 + random / 2) : retryAfter + backoff * random);
}

/**
 * Reads the header `Retry-After`: seconds, which may be fractional at Microsoft Graph, or an HTTP date. Returns milliseconds
 * from `now`, at most 24 hours. A date that has passed gives 0. Undefined where it is neither.
 * See https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  const { maxRetryAfterMilliseconds: most } = outboundTunables;
  const text = header?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.min(Math.ceil(Number(text) * 1000), most);
  const date = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.min(Math.max(date - now, 0), most);
}

import type { Fault } from './fault.ts';
import { PartnerError } from './partner-error.ts';
import type { PartnerClock } from './partner-options.ts';
import { type Operation, sendOnce, type Transport } from './send-request.ts';

/** A call that succeeded: 2xx. */
type Answer = { readonly httpStatus: number; readonly body: string | undefined; readonly tries: number };

const retryDelays = [500, 1500, 3500];

/**
 * Sends an operation with all the tries it may have, or rejects with `PartnerError`. Reads, and writes that may be
 * repeated, are tried again three times where that may help; one 401 is answered with one fresh token, once. Ids stay
 * the same on every try. Once a try of a write has ended without a definite answer, no later refusal makes it `none`.
 */
export async function sendWithRetries(transport: Transport, operation: Operation): Promise<Answer> {
  const { clock } = transport;
  const end = clock.now() + transport.wholeMilliseconds;
  const isWrite = operation.method === 'PATCH';
  let tries = 0;
  let retries = 0;
  let token: 'kept' | 'fresh' | 'kept-after-fresh' = 'kept';
  let effect: 'none' | 'unknown' = 'none';
  for (;;) {
    const limit = Math.min(transport.perTryMilliseconds, end - clock.now());
    const outcome = await sendOnce(transport, operation, token === 'fresh', limit);
    tries += outcome.sent ? 1 : 0;
    if (outcome.kind === 'answered') {
      return { httpStatus: outcome.httpStatus, body: outcome.body, tries };
    }
    const { fault } = outcome;
    effect = isWrite && fault.effect === 'unknown' ? 'unknown' : effect;
    if (fault.httpStatus === 401 && fault.partnerCode !== '900421' && token === 'kept') {
      token = 'fresh';
      continue;
    }
    token = token === 'kept' ? 'kept' : 'kept-after-fresh';
    const pause = retryDelays[retries];
    const mayTryAgain = fault.passing && (!isWrite || operation.mayRepeat);
    if (!mayTryAgain || pause === undefined || isAborted(operation.signal)) {
      throw toPartnerError(operation, fault, effect, tries);
    }
    const milliseconds = delayOf(pause, fault.retryAfterMilliseconds, transport.random());
    if (clock.now() + milliseconds >= end) {
      throw toPartnerError(operation, fault, effect, tries);
    }
    if ((await waitUnlessAborted(clock, milliseconds, operation.signal)) === 'aborted') {
      throw toPartnerError(operation, fault, effect, tries);
    }
    retries += 1;
  }
}

/** What the service asked for and a little more, or else half to the whole of `pause`. */
function delayOf(pause: number, retryAfter: number | undefined, random: number): number {
  return Math.round(retryAfter === undefined ? pause * (0.5 + random / 2) : retryAfter + pause * random);
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

function toPartnerError(operation: Operation, fault: Fault, effect: 'none' | 'unknown', tries: number): PartnerError {
  return new PartnerError({
    code: effect === 'unknown' ? 'unknown-result' : fault.code,
    effect,
    httpStatus: fault.httpStatus,
    partnerCode: fault.partnerCode,
    retryAfterMilliseconds: fault.retryAfterMilliseconds,
    signInCode: fault.signInCode,
    correlationId: operation.correlationId,
    requestId: operation.requestId,
    tries,
  });
}

/** Waits by the clock, or less where `signal` is aborted first. */
async function waitUnlessAborted(
  clock: PartnerClock,
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<'waited' | 'aborted'> {
  if (signal?.aborted === true) {
    return 'aborted';
  }
  const { promise, resolve } = Promise.withResolvers<'waited' | 'aborted'>();
  const takeBack = clock.after(milliseconds, () => {
    resolve('waited');
  });
  const stop = (): void => {
    resolve('aborted');
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await promise;
  } finally {
    takeBack();
    signal?.removeEventListener('abort', stop);
  }
}

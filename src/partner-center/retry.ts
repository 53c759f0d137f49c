import { partnerCenterTunables, waitUnlessAborted } from '../base/index.ts';
import type { Fault } from './error-answer.ts';
import { PartnerError } from './partner-error.ts';
import { type Operation, sendOnce, type Transport } from './send-request.ts';

/** A success: status 2xx, in the form of Partner Center's answers. */
type Answer = { readonly httpStatus: number; readonly body: string; readonly tries: number };

/**
 * Sends an operation with all its tries. Rejects with `PartnerError`. It retries reads and idempotent writes after a
 * passing fault, and any operation once with a fresh token after a 401. All tries have the same ids.
 * Once a try of a write has ended without a definite answer, a later refusal does not prove that nothing was changed.
 * See learn.microsoft.com/partner-center/developer/api-throttling-guidance.
 */
export async function sendWithRetries(transport: Transport, operation: Operation): Promise<Answer> {
  const { clock } = transport;
  const end = clock.now() + transport.operationMilliseconds;
  const isWrite = operation.method !== 'GET';
  let tries = 0;
  let retries = 0;
  let token: 'cached' | 'fresh' | 'cached-after-fresh' = 'cached';
  let effect: 'none' | 'unknown' = 'none';
  for (;;) {
    const milliseconds = Math.min(transport.tryMilliseconds, end - clock.now());
    const outcome = await sendOnce(transport, operation, token === 'fresh', milliseconds);
    tries += outcome.sent ? 1 : 0;
    if (outcome.kind === 'answered') {
      return { httpStatus: outcome.httpStatus, body: outcome.body, tries };
    }
    const { fault } = outcome;
    effect = isWrite && fault.effect === 'unknown' ? 'unknown' : effect;
    if (fault.httpStatus === 401 && fault.partnerCode !== '900421' && token === 'cached') {
      token = 'fresh';
      continue;
    }
    token = token === 'cached' ? 'cached' : 'cached-after-fresh';
    const backoff = partnerCenterTunables.retryDelaysMilliseconds[retries];
    const mayRetry = fault.mayPass && (!isWrite || operation.mayRepeat);
    if (!mayRetry || backoff === undefined || operation.signal?.aborted === true) {
      throw toPartnerError(operation, fault, effect, tries);
    }
    const delay = chooseDelay(backoff, fault.retryAfterMilliseconds, transport.random());
    const isTooLate = clock.now() + delay >= end;
    if (isTooLate || (await waitUnlessAborted(clock, delay, operation.signal)) === 'aborted') {
      throw toPartnerError(operation, fault, effect, tries);
    }
    retries += 1;
  }
}

/** With jitter: `Retry-After` and up to one backoff more, or else between half and the whole of the backoff. */
function chooseDelay(backoff: number, retryAfter: number | undefined, random: number): number {
  return Math.round(retryAfter === undefined ? backoff * (0.5 + random / 2) : retryAfter + backoff * random);
}

function toPartnerError(operation: Operation, fault: Fault, effect: 'none' | 'unknown', tries: number): PartnerError {
  const { correlationId, requestId } = operation;
  // What is there already is known to be there, whichever try has made it.
  const isKnown = effect === 'none' || (operation.method === 'POST' && fault.code === 'already-exists');
  const code = isKnown ? fault.code : 'unknown-result';
  return new PartnerError({ ...fault, code, effect, correlationId, requestId, tries });
}

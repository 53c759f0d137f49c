import { partnerCenterTunables } from '../base/index.ts';
import { callWithRetries } from '../http/index.ts';
import type { Fault } from './error-answer.ts';
import { PartnerError } from './partner-error.ts';
import { type Operation, sendOnce, type Transport } from './send-request.ts';

/** A success: status 2xx, in the form of Partner Center's answers. */
type Answer = { readonly httpStatus: number; readonly body: string; readonly tries: number };

/**
 * Sends an operation with all its tries, as `callWithRetries` does. Rejects with `PartnerError`. All tries have the same ids.
 * See learn.microsoft.com/partner-center/developer/api-throttling-guidance.
 */
export async function sendWithRetries(transport: Transport, operation: Operation): Promise<Answer> {
  const outcome = await callWithRetries<{ readonly httpStatus: number; readonly body: string }, Fault>({
    ...transport,
    delays: partnerCenterTunables.retryDelaysMilliseconds,
    isWrite: operation.method !== 'GET',
    mayRepeat: operation.mayRepeat,
    signal: operation.signal,
    isTokenRefused: ({ httpStatus, partnerCode }) => httpStatus === 401 && partnerCode !== '900421',
    callOnce: (fresh, milliseconds) => sendOnce(transport, operation, fresh, milliseconds),
  });
  if (outcome.kind === 'answered') return { ...outcome.answer, tries: outcome.tries };
  throw toPartnerError(operation, outcome.fault, outcome.effect, outcome.tries);
}

function toPartnerError(operation: Operation, fault: Fault, effect: 'none' | 'unknown', tries: number): PartnerError {
  const { correlationId, requestId } = operation;
  // What is there already is known to be there, whichever try has made it.
  const isKnown = effect === 'none' || (operation.method === 'POST' && fault.code === 'already-exists');
  const code = isKnown ? fault.code : 'unknown-result';
  return new PartnerError({ ...fault, code, effect, correlationId, requestId, tries });
}

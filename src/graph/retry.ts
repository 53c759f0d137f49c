import { graphTunables, waitUnlessAborted } from '../base/index.ts';
import type { Fault } from './error-answer.ts';
import { GraphError } from './graph-error.ts';
import { type Answer, type Operation, sendOnce, type Transport } from './send-request.ts';

/** What an operation brought: its answer, and how many tries that took. */
export type Outcome = Answer & { readonly tries: number };

/**
 * Sends an operation with all its tries. Rejects with `GraphError`. It retries reads and idempotent writes after a passing
 * fault, and any operation once with a fresh token after a 401. All tries have the same `client-request-id`.
 * A tenant that is not consented is not asked again for an hour. Once a try of a write has ended without a definite answer, a later refusal does not prove that nothing was changed.
 * See https://learn.microsoft.com/graph/throttling and https://learn.microsoft.com/graph/best-practices-concept.
 */
export async function sendWithRetries(transport: Transport, operation: Operation): Promise<Outcome> {
  const { clock } = transport;
  const end = clock.now() + transport.operationMilliseconds;
  const isWrite = operation.method === 'POST';
  if (clock.now() < (transport.notConsentedUntil.get(operation.tenantId) ?? 0)) {
    throw toGraphError(operation, { code: 'not-consented', effect: 'none', mayPass: false }, 'none', 0);
  }
  let tries = 0;
  let retries = 0;
  let token: 'cached' | 'fresh' | 'cached-after-fresh' = 'cached';
  let effect: 'none' | 'unknown' = 'none';
  for (;;) {
    const milliseconds = Math.max(1, Math.min(transport.tryMilliseconds, end - clock.now()));
    const outcome = await sendOnce(transport, operation, token === 'fresh', milliseconds);
    tries += outcome.sent ? 1 : 0;
    if (outcome.kind === 'answered') return { ...outcome.answer, tries };
    const { fault } = outcome;
    if (fault.code === 'not-consented') {
      transport.notConsentedUntil.set(operation.tenantId, clock.now() + graphTunables.notConsentedMilliseconds);
    }
    effect = isWrite && fault.effect === 'unknown' ? 'unknown' : effect;
    if (fault.code === 'token-refused' && token === 'cached') {
      token = 'fresh';
      continue;
    }
    token = token === 'cached' ? 'cached' : 'cached-after-fresh';
    const backoff = graphTunables.retryDelaysMilliseconds[retries];
    const mayRetry = fault.mayPass && (!isWrite || operation.mayRepeat);
    if (!mayRetry || backoff === undefined || operation.signal?.aborted === true) {
      throw toGraphError(operation, fault, effect, tries);
    }
    const delay = chooseDelay(backoff, fault.retryAfterMilliseconds, transport.random());
    const isTooLate = clock.now() + delay >= end;
    if (isTooLate || (await waitUnlessAborted(clock, delay, operation.signal)) === 'aborted') {
      throw toGraphError(operation, fault, effect, tries);
    }
    retries += 1;
  }
}

/** With jitter: `Retry-After` and up to one backoff more, or else between half and the whole of the backoff. */
function chooseDelay(backoff: number, retryAfter: number | undefined, random: number): number {
  return Math.round(retryAfter === undefined ? backoff * (0.5 + random / 2) : retryAfter + backoff * random);
}

function toGraphError(
  { clientRequestId }: Operation,
  fault: Fault,
  effect: 'none' | 'unknown',
  tries: number,
): GraphError {
  const code = effect === 'unknown' ? 'unknown-result' : fault.code;
  return new GraphError({ ...fault, code, effect, clientRequestId, tries });
}

import { graphTunables } from '../base/index.ts';
import { callWithRetries } from '../http/index.ts';
import type { Fault } from './error-answer.ts';
import { GraphError } from './graph-error.ts';
import { type Answer, type Operation, sendOnce, type Transport } from './send-request.ts';

/** What an operation brought: its answer, and how many tries that took. */
export type Outcome = Answer & { readonly tries: number };

/**
 * Sends an operation with all its tries, as `callWithRetries` does. Rejects with `GraphError`. All tries have the same
 * `client-request-id`.
 * See https://learn.microsoft.com/graph/throttling and https://learn.microsoft.com/graph/best-practices-concept.
 */
export async function sendWithRetries(transport: Transport, operation: Operation): Promise<Outcome> {
  const outcome = await callWithRetries<Answer, Fault>({
    ...transport,
    delays: graphTunables.retryDelaysMilliseconds,
    isWrite: operation.method === 'POST',
    mayRepeat: operation.mayRepeat,
    signal: operation.signal,
    isTokenRefused: ({ code }) => code === 'token-refused',
    callOnce: (fresh, milliseconds) => sendOnce(transport, operation, fresh, milliseconds),
  });
  if (outcome.kind === 'answered') return { ...outcome.answer, tries: outcome.tries };
  throw toGraphError(operation, outcome.fault, outcome.effect, outcome.tries);
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

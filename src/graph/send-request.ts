import { type Clock, graphTunables, rejectOnAbort, type Secret } from '../base/index.ts';
import { type CallOutcome, callWithRetries, exchange, isSendableToken, readJsonAnswer } from '../http/index.ts';
import { type Fault, graphForm } from './error-answer.ts';
import { GraphError } from './graph-error.ts';
import type { GraphFetch, TokenSource } from './graph-options.ts';

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

/** One call of Graph, which may take several tries. */
export type Operation = {
  readonly method: 'GET' | 'POST';
  readonly tenantId: string;
  /** The whole address; it was checked to be Graph's. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Writes the body again for each try, so that no variable keeps it. */
  readonly writeBody: (() => string) | undefined;
  readonly clientRequestId: string;
  readonly signal: AbortSignal | undefined;
  readonly mayRepeat: boolean;
};

/** The options of one client, checked and with their defaults. */
export type Transport = {
  readonly baseUrl: string;
  readonly tokenFor: TokenSource;
  readonly fetch: GraphFetch;
  readonly freshFetch: GraphFetch;
  readonly clock: Clock;
  readonly random: () => number;
  readonly newId: () => string;
  readonly tryMilliseconds: number;
  readonly operationMilliseconds: number;
};

/** A success: status 2xx, read whole. */
export type Answer = {
  readonly httpStatus: number;
  readonly body: string;
  readonly location: string | null;
  readonly retryAfter: string | null;
};

/** Tries an operation once, with a token requested now, within `milliseconds` and until its signal fires. Never rejects. */
export function sendOnce(
  transport: Transport,
  operation: Operation,
  fresh: boolean,
  milliseconds: number,
): Promise<CallOutcome<Answer, Fault>> {
  const fetch = operation.method === 'GET' ? transport.fetch : transport.freshFetch;
  return exchange({
    clock: transport.clock,
    milliseconds,
    signal: operation.signal,
    maxBytes: { success: graphTunables.maxAnswerBytes, other: graphTunables.maxErrorAnswerBytes },
    prepare: (signal) => readToken(transport, operation.tenantId, fresh, signal),
    send: (token, signal) =>
      token.reveal((value) =>
        fetch(operation.url, {
          method: operation.method,
          headers: buildHeaders(operation, value),
          body: operation.writeBody?.() ?? null,
          redirect: 'manual',
          signal,
        }),
      ),
    read(received) {
      const read = readJsonAnswer(received, graphForm, transport.clock.now());
      if (read.kind === 'failed') return read;
      const { httpStatus, headers, text: body } = read.answer;
      const answer = { httpStatus, body, location: headers.get('Location'), retryAfter: headers.get('Retry-After') };
      return { kind: 'answered', answer };
    },
  });
}

function buildHeaders(operation: Operation, token: string): Record<string, string> {
  return {
    ...operation.headers,
    Authorization: `Bearer ${token}`,
    Accept: 'application/json',
    'client-request-id': operation.clientRequestId,
    ...(operation.writeBody !== undefined && { 'Content-Type': 'application/json' }),
    ...(operation.method === 'POST' && { Connection: 'close' }),
  };
}

async function readToken(
  { tokenFor }: Transport,
  tenantId: string,
  fresh: boolean,
  signal: AbortSignal,
): Promise<{ kind: 'ready'; ready: Secret } | { kind: 'failed'; fault: Fault }> {
  try {
    const answer = await rejectOnAbort(tokenFor(tenantId, { fresh, signal }), signal);
    if (answer.kind === 'refused') return refuse(answer.refusal, answer.entraCode);
    return answer.token.reveal(isSendableToken) ? { kind: 'ready', ready: answer.token } : refuse('sign-in-failed');
  } catch {
    return refuse('sign-in-failed');
  }
}

function refuse(code: Fault['code'], entraCode?: number): { readonly kind: 'failed'; readonly fault: Fault } {
  return { kind: 'failed', fault: { code, effect: 'none', mayPass: false, entraCode } };
}

import { graphTunables, readLimitedBody, rejectOnAbort, type Secret, withTimeLimit } from '../base/index.ts';
import type { Clock } from '../base/index.ts';
import { type Fault, readFault, readNetworkFault } from './error-answer.ts';
import type { GraphFetch, TokenSource } from './graph-options.ts';

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
  /** Until when a tenant counts as not consented, in milliseconds since 1970. */
  readonly notConsentedUntil: Map<string, number>;
};

/** A success: status 2xx, read whole. */
export type Answer = {
  readonly httpStatus: number;
  readonly body: string;
  readonly location: string | null;
  readonly retryAfter: string | null;
};

/** The outcome of one try. `sent`: the request may have left this machine. */
type SendOutcome =
  | { readonly kind: 'answered'; readonly answer: Answer; readonly sent: true }
  | { readonly kind: 'failed'; readonly fault: Fault; readonly sent: boolean };

/** Tries an operation once, with a token requested now, within `milliseconds` and until its signal fires. Never rejects. */
export async function sendOnce(
  transport: Transport,
  operation: Operation,
  fresh: boolean,
  milliseconds: number,
): Promise<SendOutcome> {
  return withTimeLimit(transport.clock, milliseconds, operation.signal, (signal) =>
    send(transport, operation, fresh, signal),
  );
}

async function send(
  transport: Transport,
  operation: Operation,
  fresh: boolean,
  signal: AbortSignal,
): Promise<SendOutcome> {
  if (signal.aborted) return { kind: 'failed', fault: toAbortFault(signal, 'none'), sent: false };
  const token = await readToken(transport, operation.tenantId, fresh, signal);
  // oxlint-disable-next-line typescript/no-unnecessary-condition -- the signal may have fired meanwhile
  if (signal.aborted) return { kind: 'failed', fault: toAbortFault(signal, 'none'), sent: false };
  if (token.kind === 'failed') return { ...token, sent: false };
  const fetch = operation.method === 'GET' ? transport.fetch : transport.freshFetch;
  try {
    const response = await token.token.reveal((value) =>
      rejectOnAbort(
        Promise.resolve(
          fetch(operation.url, {
            method: operation.method,
            headers: buildHeaders(operation, value),
            body: operation.writeBody?.() ?? null,
            // Following a redirect would send the token, and a password, to another host.
            redirect: 'manual',
            signal,
          }),
        ),
        signal,
      ),
    );
    return { ...(await readAnswer(transport, response, signal)), sent: true };
  } catch (error) {
    const fault = readNetworkFault(error);
    return { kind: 'failed', fault: signal.aborted ? toAbortFault(signal, fault.effect) : fault, sent: true };
  }
}

async function readAnswer(
  { clock }: Transport,
  response: Response,
  signal: AbortSignal,
): Promise<{ kind: 'answered'; answer: Answer } | { kind: 'failed'; fault: Fault }> {
  const { status: httpStatus, headers } = response;
  const isSuccess = httpStatus >= 200 && httpStatus < 300;
  const maxBytes = isSuccess ? graphTunables.maxAnswerBytes : graphTunables.maxErrorAnswerBytes;
  const body = await rejectOnAbort(readLimitedBody(response, maxBytes), signal);
  const text = body.kind === 'text' ? body.text : undefined;
  const retryAfter = headers.get('Retry-After');
  const requestId = readId(headers.get('request-id'));
  if (!isSuccess) {
    return { kind: 'failed', fault: readFault({ httpStatus, retryAfter, requestId, body: text }, clock.now()) };
  }
  if (text === undefined) {
    const fault = { effect: 'unknown', httpStatus, requestId } as const;
    return body.kind === 'too-long'
      ? { kind: 'failed', fault: { ...fault, code: 'unreadable-answer', mayPass: false } }
      : { kind: 'failed', fault: { ...fault, code: 'no-answer', mayPass: true } };
  }
  if (!hasGraphForm(headers.get('Content-Type'), text)) {
    const fault = { code: 'foreign-answer', effect: 'unknown', mayPass: false, httpStatus, requestId } as const;
    return { kind: 'failed', fault };
  }
  return { kind: 'answered', answer: { httpStatus, body: text, location: headers.get('Location'), retryAfter } };
}

/** A 2xx is Graph's where it is JSON or empty: a proxy or a page to sign in answers with 2xx too. */
function hasGraphForm(contentType: string | null, text: string): boolean {
  if (text.trim() === '') return true;
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  return /^application\/(?:[^\s/]+\+)?json$/.test(type) && !/^\uFEFF?\s*</.test(text);
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
): Promise<{ kind: 'token'; token: Secret } | { kind: 'failed'; fault: Fault }> {
  try {
    const answer = await rejectOnAbort(tokenFor(tenantId, { fresh, signal }), signal);
    if (answer.kind === 'refused') return refuse(answer.refusal, answer.entraCode);
    // The error of an invalid header, such as one with a line break, would quote the token.
    return answer.token.reveal((value) => /^[\x21-\x7e]+$/.test(value)) ? answer : refuse('sign-in-failed');
  } catch {
    return refuse('sign-in-failed');
  }
}

function refuse(code: Fault['code'], entraCode?: number): { readonly kind: 'failed'; readonly fault: Fault } {
  return { kind: 'failed', fault: { code, effect: 'none', mayPass: false, entraCode } };
}

function toAbortFault(signal: AbortSignal, effect: Fault['effect']): Fault {
  const isTimeout = Error.isError(signal.reason) && signal.reason.name === 'TimeoutError';
  return { code: isTimeout ? 'timed-out' : 'cancelled', effect, mayPass: isTimeout };
}

function readId(header: string | null): string | undefined {
  return header !== null && /^[\da-f-]{1,64}$/i.test(header) ? header : undefined;
}

import { partnerCenterTunables, rejectOnAbort } from '../base/index.ts';
import { type CallOutcome, callWithRetries, exchange, isSendableToken, readJsonAnswer } from '../http/index.ts';
import { type Fault, partnerForm } from './error-answer.ts';
import { PartnerError } from './partner-error.ts';
import type { PartnerClock, PartnerCredentials, PartnerFetch } from './partner-options.ts';
import { readText } from './wire-format.ts';

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

/** One call of the service, which may take several tries. */
export type Operation = {
  readonly method: 'GET' | 'PATCH' | 'POST';
  /** Path and query below `/v1`. */
  readonly path: string;
  /** Headers in addition to those of every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** Writes the body again for each try, so that no variable keeps it. */
  readonly writeBody: (() => string) | undefined;
  readonly correlationId: string;
  readonly requestId: string;
  readonly locale: string;
  readonly signal: AbortSignal | undefined;
  readonly mayRepeat: boolean;
  readonly freshConnection: boolean;
};

/** The options of one partner, checked and with their defaults. */
export type Transport = {
  readonly baseUrl: string;
  readonly credentials: PartnerCredentials;
  readonly applicationName: string | undefined;
  readonly validateMfa: boolean;
  readonly fetch: PartnerFetch;
  /** Like `fetch`, on a new connection for each call. */
  readonly freshFetch: PartnerFetch;
  readonly clock: PartnerClock;
  readonly random: () => number;
  readonly newId: () => string;
  readonly tryMilliseconds: number;
  readonly operationMilliseconds: number;
};

/**
 * Tries an operation once, with a token requested now, within `milliseconds` and until the operation's signal fires. Never
 * rejects. `fresh`: the service refused the last token. See learn.microsoft.com/partner-center/developer/headers.
 */
export function sendOnce(
  transport: Transport,
  operation: Operation,
  fresh: boolean,
  milliseconds: number,
): Promise<CallOutcome<{ readonly httpStatus: number; readonly body: string }, Fault>> {
  const fetch = operation.freshConnection ? transport.freshFetch : transport.fetch;
  return exchange({
    clock: transport.clock,
    milliseconds,
    signal: operation.signal,
    maxBytes: { success: partnerCenterTunables.maxAnswerBytes, other: partnerCenterTunables.maxErrorAnswerBytes },
    prepare: (signal) => readAuthorization(transport.credentials, fresh, signal),
    send: (authorization, signal) =>
      fetch(transport.baseUrl + '/v1' + operation.path, {
        method: operation.method,
        headers: buildHeaders(transport, operation, authorization),
        body: operation.writeBody?.() ?? null,
        redirect: 'manual',
        signal,
      }),
    read(received) {
      const read = readJsonAnswer(received, partnerForm, transport.clock.now());
      if (read.kind === 'failed') return read;
      return { kind: 'answered', answer: { httpStatus: read.answer.httpStatus, body: read.answer.text } };
    },
  });
}

/** The headers of one try. Our own take precedence over the operation's, in any spelling. */
function buildHeaders(transport: Transport, operation: Operation, authorization: string): Record<string, string> {
  const ours: Record<string, string> = {
    Authorization: authorization,
    Accept: 'application/json',
    'MS-RequestId': operation.requestId,
    'MS-CorrelationId': operation.correlationId,
    'X-Locale': operation.locale,
    'MS-Contract-Version': 'v1',
    ...(operation.writeBody === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...(transport.applicationName === undefined ? {} : { 'MS-PartnerCenter-Application': transport.applicationName }),
    ...(transport.validateMfa ? { ValidateMfa: 'true' } : {}),
    ...(operation.freshConnection ? { Connection: 'close' } : {}),
  };
  const ourNames = new Set(Object.keys(ours).map((name) => name.toLowerCase()));
  const others = Object.entries(operation.headers).filter(([name]) => !ourNames.has(name.toLowerCase()));
  return { ...Object.fromEntries(others), ...ours };
}

/** The value of `Authorization`, or why there is none. Never rejects; of an error it keeps only a short `code`. */
async function readAuthorization(
  credentials: PartnerCredentials,
  fresh: boolean,
  signal: AbortSignal,
): Promise<{ kind: 'ready'; ready: string } | { kind: 'failed'; fault: Fault }> {
  try {
    const token = await rejectOnAbort(Promise.resolve(credentials.getToken({ fresh, signal })), signal);
    const authorization = token.reveal((value) => (isSendableToken(value) ? `Bearer ${value}` : undefined));
    return authorization === undefined
      ? { kind: 'failed', fault: signInFailed(undefined) }
      : { kind: 'ready', ready: authorization };
  } catch (error) {
    return { kind: 'failed', fault: signInFailed(readSignInCode(error)) };
  }
}

/** A short plain word such as `invalid_grant`, `ERR_NETWORK` or `AADSTS50076`; no strong password looks like that. */
function readSignInCode(error: unknown): string | undefined {
  try {
    const code = readText(error, 'code') ?? '';
    return code.length <= 40 && /^([a-z]+(_[a-z]+)*|[A-Z]+(_[A-Z]+)*|AADSTS\d{4,8})$/.test(code) ? code : undefined;
  } catch {
    return undefined;
  }
}

function signInFailed(signInCode: string | undefined): Fault {
  return { code: 'sign-in-failed', effect: 'none', mayPass: false, signInCode };
}

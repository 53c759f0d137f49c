import { partnerCenterTunables, readLimitedBody, rejectOnAbort, withTimeLimit } from '../base/index.ts';
import { type Fault, readFault, readNetworkFault } from './error-answer.ts';
import type { PartnerClock, PartnerCredentials, PartnerFetch } from './partner-options.ts';
import { hasPartnerForm, readText } from './wire-format.ts';

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

/** The outcome of one try. `sent`: the request may have left this machine. */
type SendOutcome =
  | { readonly kind: 'answered'; readonly httpStatus: number; readonly body: string; readonly sent: true }
  | { readonly kind: 'failed'; readonly fault: Fault; readonly sent: boolean };

/**
 * Tries an operation once, with a token requested now, within `milliseconds` and until the operation's signal fires. Never
 * rejects. A 2xx is an answer only where it is in Partner Center's form and was read whole: a proxy or a page to sign in
 * answers with 2xx too. `fresh`: the service refused the last token. See learn.microsoft.com/partner-center/developer/headers.
 */
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
  if (signal.aborted) {
    return { kind: 'failed', fault: toAbortFault(signal, 'none'), sent: false };
  }
  const token = await readAuthorization(transport.credentials, fresh, signal);
  if (signal.aborted) {
    return { kind: 'failed', fault: toAbortFault(signal, 'none'), sent: false };
  }
  if (token.kind === 'failed') {
    return { ...token, sent: false };
  }
  const fetch = operation.freshConnection ? transport.freshFetch : transport.fetch;
  const init = {
    method: operation.method,
    headers: buildHeaders(transport, operation, token.authorization),
    body: operation.writeBody?.() ?? null,
    // Following a redirect would send the token, and a password, to another host.
    redirect: 'manual',
    signal,
  } as const;
  try {
    const url = transport.baseUrl + '/v1' + operation.path;
    const response = await rejectOnAbort(Promise.resolve(fetch(url, init)), signal);
    const { status } = response;
    if (!Number.isInteger(status)) {
      throw new TypeError('The result of fetch is no response.');
    }
    const isSuccess = status >= 200 && status < 300;
    const contentType = response.headers.get('Content-Type');
    const maxBytes = isSuccess ? partnerCenterTunables.maxAnswerBytes : partnerCenterTunables.maxErrorAnswerBytes;
    const body = await rejectOnAbort(readLimitedBody(response, maxBytes), signal).catch(
      () => ({ kind: 'broken' }) as const,
    );
    const text = body.kind === 'text' ? body.text : undefined;
    if (!isSuccess) {
      const retryAfter = response.headers.get('Retry-After');
      const facts = { httpStatus: status, contentType, retryAfter, body: text };
      return { kind: 'failed', fault: readFault(facts, transport.clock.now()), sent: true };
    }
    if (!hasPartnerForm('success', contentType, text)) {
      const fault = { code: 'foreign-answer', effect: 'unknown', mayPass: false, httpStatus: status } as const;
      return { kind: 'failed', fault, sent: true };
    }
    if (body.kind !== 'text') {
      return { kind: 'failed', fault: toUnreadBodyFault(status, body.kind, signal), sent: true };
    }
    return { kind: 'answered', httpStatus: status, body: body.text, sent: true };
  } catch (error) {
    const fault = readNetworkFault(error);
    return { kind: 'failed', fault: signal.aborted ? toAbortFault(signal, fault.effect) : fault, sent: true };
  }
}

function toUnreadBodyFault(httpStatus: number, problem: 'broken' | 'too-long', signal: AbortSignal): Fault {
  if (problem === 'too-long') {
    return { code: 'unreadable-answer', effect: 'unknown', mayPass: false, httpStatus };
  }
  return signal.aborted ? toAbortFault(signal, 'unknown') : { code: 'no-answer', effect: 'unknown', mayPass: true };
}

function toAbortFault(signal: AbortSignal, effect: Fault['effect']): Fault {
  const isTimeout = Error.isError(signal.reason) && signal.reason.name === 'TimeoutError';
  return { code: isTimeout ? 'timed-out' : 'cancelled', effect, mayPass: isTimeout };
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
): Promise<{ kind: 'token'; authorization: string } | { kind: 'failed'; fault: Fault }> {
  try {
    const token = await rejectOnAbort(Promise.resolve(credentials.getToken({ fresh, signal })), signal);
    // The error of an invalid header, such as one with a line break, would quote the token.
    const authorization = token.reveal((value) => (isTokenText(value) ? `Bearer ${value}` : undefined));
    return authorization === undefined
      ? { kind: 'failed', fault: signInFailed(undefined) }
      : { kind: 'token', authorization };
  } catch (error) {
    return { kind: 'failed', fault: signInFailed(readSignInCode(error)) };
  }
}

function isTokenText(value: unknown): boolean {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
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

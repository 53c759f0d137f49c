import { type Fault, readFault, readNetworkFault } from './fault.ts';
import type { PartnerClock, PartnerCredentials, PartnerFetch } from './partner-options.ts';
import { readText } from './wire-format.ts';

/** One call with all its tries. */
export type Operation = {
  readonly method: 'GET' | 'PATCH';
  /** Path and query below `/v1`. */
  readonly path: string;
  /** Headers besides the usual ones. */
  readonly headers: Readonly<Record<string, string>>;
  /** Makes the body anew for each try, so that it is kept nowhere. */
  readonly writeBody: (() => string) | undefined;
  readonly correlationId: string;
  readonly requestId: string;
  readonly locale: string;
  readonly signal: AbortSignal | undefined;
  readonly mayRepeat: boolean;
  readonly freshConnection: boolean;
};

/** What every call of one partner goes through: the options with their defaults filled in. */
export type Transport = {
  readonly baseUrl: string;
  readonly credentials: PartnerCredentials;
  readonly applicationName: string | undefined;
  readonly validateMfa: boolean;
  readonly fetch: PartnerFetch;
  /** The same promise on a connection that carried nothing before. */
  readonly freshFetch: PartnerFetch;
  readonly clock: PartnerClock;
  readonly random: () => number;
  readonly newId: () => string;
  readonly perTryMilliseconds: number;
  readonly wholeMilliseconds: number;
};

/** One request: a success with its status and text, or what it came to instead. */
type SendOutcome =
  | { readonly kind: 'answered'; readonly httpStatus: number; readonly body: string | undefined; readonly sent: true }
  | { readonly kind: 'failed'; readonly fault: Fault; readonly sent: boolean };

const longestAnswer = 64 * 1024 * 1024;
const longestErrorAnswer = 64 * 1024;

/**
 * Sends `operation` once, with a token asked for now, and gives up when `milliseconds` are over or the operation's own
 * signal says so. Never throws. A write's 2xx is a success even where its body breaks off: the change is made.
 */
export async function sendOnce(
  transport: Transport,
  operation: Operation,
  fresh: boolean,
  milliseconds: number,
): Promise<SendOutcome> {
  const limit = new AbortController();
  const takeBack = transport.clock.after(milliseconds, () => {
    limit.abort(new DOMException('The time for one try is over.', 'TimeoutError'));
  });
  const signal = operation.signal === undefined ? limit.signal : AbortSignal.any([operation.signal, limit.signal]);
  try {
    return await send(transport, operation, fresh, signal);
  } finally {
    takeBack();
  }
}

async function send(
  transport: Transport,
  operation: Operation,
  fresh: boolean,
  signal: AbortSignal,
): Promise<SendOutcome> {
  if (signal.aborted) {
    return { kind: 'failed', fault: faultOfAbort(signal, 'none'), sent: false };
  }
  const token = await readAuthorization(transport.credentials, fresh, signal);
  if (signal.aborted) {
    return { kind: 'failed', fault: faultOfAbort(signal, 'none'), sent: false };
  }
  if (token.kind === 'failed') {
    return { ...token, sent: false };
  }
  const fetch = operation.freshConnection ? transport.freshFetch : transport.fetch;
  const init = {
    method: operation.method,
    headers: buildHeaders(transport, operation, token.authorization),
    body: operation.writeBody?.() ?? null,
    // Not followed: a redirect would take the token, and a password, to another host.
    redirect: 'manual',
    signal,
  } as const;
  try {
    const url = transport.baseUrl + '/v1' + operation.path;
    const response = await rejectOnAbort(Promise.resolve(fetch(url, init)), signal);
    const { status } = response;
    if (!Number.isInteger(status)) {
      throw new TypeError('What fetch gave is no answer.');
    }
    const isSuccess = status >= 200 && status < 300;
    const retryAfter = response.headers.get('Retry-After');
    const body = await rejectOnAbort(readBody(response, isSuccess ? longestAnswer : longestErrorAnswer), signal).catch(
      () => ({ kind: 'broken' }) as const,
    );
    const text = body.kind === 'text' ? body.text : undefined;
    if (!isSuccess) {
      return { kind: 'failed', fault: readFault(status, text, retryAfter, transport.clock.now()), sent: true };
    }
    if (operation.method === 'GET' && body.kind !== 'text') {
      return { kind: 'failed', fault: faultOfUnreadBody(status, body.kind, signal), sent: true };
    }
    return { kind: 'answered', httpStatus: status, body: text, sent: true };
  } catch (error) {
    const fault = readNetworkFault(error);
    return { kind: 'failed', fault: signal.aborted ? faultOfAbort(signal, fault.effect) : fault, sent: true };
  }
}

function faultOfUnreadBody(httpStatus: number, why: 'broken' | 'too-long', signal: AbortSignal): Fault {
  if (why === 'too-long') {
    return { code: 'unreadable-answer', effect: 'none', passing: false, httpStatus };
  }
  return signal.aborted ? faultOfAbort(signal, 'none') : { code: 'no-answer', effect: 'none', passing: true };
}

function faultOfAbort(signal: AbortSignal, effect: Fault['effect']): Fault {
  const isTime = Error.isError(signal.reason) && signal.reason.name === 'TimeoutError';
  return { code: isTime ? 'timed-out' : 'cancelled', effect, passing: isTime };
}

/** The headers of one try. Ours win over the operation's own, however those are spelled. */
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
  const taken = new Set(Object.keys(ours).map((name) => name.toLowerCase()));
  const others = Object.entries(operation.headers).filter(([name]) => !taken.has(name.toLowerCase()));
  return { ...Object.fromEntries(others), ...ours };
}

/** The value of `Authorization`, or why there is none. Never throws; of an error only a short `code` is kept. */
async function readAuthorization(
  credentials: PartnerCredentials,
  fresh: boolean,
  signal: AbortSignal,
): Promise<{ kind: 'token'; authorization: string } | { kind: 'failed'; fault: Fault }> {
  try {
    const asked = Promise.resolve(credentials.getToken({ fresh, signal }));
    const token = await rejectOnAbort(asked, signal);
    // A token with a line break in it would be quoted in the error of whoever builds the header.
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

/** A short plain word such as `invalid_grant`, `ERR_NETWORK` or `AADSTS50076`, a shape that no strong password has. */
function readSignInCode(error: unknown): string | undefined {
  try {
    const code = readText(error, 'code') ?? '';
    return code.length <= 40 && /^([a-z]+(_[a-z]+)*|[A-Z]+(_[A-Z]+)*|AADSTS\d{4,8})$/.test(code) ? code : undefined;
  } catch {
    return undefined;
  }
}

function signInFailed(signInCode: string | undefined): Fault {
  return { code: 'sign-in-failed', effect: 'none', passing: false, signInCode };
}

/** The body of an answer: its text, or why there is none. */
type Body =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'broken' } | { readonly kind: 'too-long' };

/** Reads the text of an answer of at most `atMost` bytes. Never throws. */
async function readBody(response: Response, atMost: number): Promise<Body> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of response.body ?? []) {
      length += chunk.byteLength;
      if (length > atMost) {
        return { kind: 'too-long' };
      }
      chunks.push(chunk);
    }
    return { kind: 'text', text: Buffer.concat(chunks).toString('utf8') };
  } catch {
    return { kind: 'broken' };
  }
}

/** What `work` comes to, or a rejection as soon as `signal` is aborted, whether or not `work` minds the signal. */
async function rejectOnAbort<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = (): void => {
    reject(signal.reason);
  };
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) {
    stop();
  }
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

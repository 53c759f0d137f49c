import { type Clock, rejectOnAbort, withTimeLimit } from '../base/index.ts';

/** A failure below the service. */
export type TransportFault = {
  readonly code: 'timed-out' | 'cancelled' | 'not-connected' | 'no-answer';
  /** `none` where it is certain that nothing was sent. */
  readonly effect: 'none' | 'unknown';
  /** Whether a retry may succeed. */
  readonly mayPass: boolean;
};

/** The outcome of one try. `sent`: the request may have left this machine. */
export type CallOutcome<Answer, Fault> =
  | { readonly kind: 'answered'; readonly answer: Answer; readonly sent: true }
  | { readonly kind: 'failed'; readonly fault: Fault; readonly sent: boolean };

/** The text of a body, or why there is none: the connection broke, or the body has too many bytes. */
type LimitedBody =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'broken' } | { readonly kind: 'too-long' };

/** An answer with its body, as far as that was read. */
export type Received = {
  readonly httpStatus: number;
  readonly isSuccess: boolean;
  readonly headers: Headers;
  readonly body: LimitedBody;
  /** Why the body is broken, where the time limit or the caller's signal has ended its reading. */
  readonly aborted: TransportFault | undefined;
};

type Call<Ready, Answer, Fault> = {
  readonly clock: Clock;
  /** Time limit of the whole try, with what is prepared and the reading of the answer. */
  readonly milliseconds: number;
  readonly signal?: AbortSignal | undefined;
  /** Bytes that are read of a success, and of any other answer. 0: its body is not read. */
  readonly maxBytes: { readonly success: number; readonly other: number };
  /** Gets what the sending needs, such as a token. Never rejects. Where it fails nothing is sent. */
  readonly prepare: (
    signal: AbortSignal,
  ) => Promise<{ readonly kind: 'ready'; readonly ready: Ready } | { readonly kind: 'failed'; readonly fault: Fault }>;
  /** Sends. It follows no redirect: that would send a token, and a password, to another host. */
  readonly send: (ready: Ready, signal: AbortSignal) => Response | Promise<Response>;
  readonly read: (
    received: Received,
  ) => { readonly kind: 'answered'; readonly answer: Answer } | { readonly kind: 'failed'; readonly fault: Fault };
};

/** For calls that need nothing before they are sent. */
export function nothingToPrepare(): Promise<{ readonly kind: 'ready'; readonly ready: undefined }> {
  return Promise.resolve({ kind: 'ready', ready: undefined });
}

/** Makes one try within its time limit, and until the caller's signal fires. Never rejects. It keeps nothing of an error, which may name addresses and headers. */
export function exchange<Ready, Answer, Fault>(
  call: Call<Ready, Answer, Fault>,
): Promise<CallOutcome<Answer, Fault | TransportFault>> {
  return withTimeLimit(call.clock, call.milliseconds, call.signal, (signal) => tryOnce(call, signal));
}

async function tryOnce<Ready, Answer, Fault>(
  { maxBytes, prepare, send, read }: Call<Ready, Answer, Fault>,
  signal: AbortSignal,
): Promise<CallOutcome<Answer, Fault | TransportFault>> {
  if (signal.aborted) return { kind: 'failed', fault: toAbortFault(signal, 'none'), sent: false };
  const prepared = await prepare(signal);
  // oxlint-disable-next-line typescript/no-unnecessary-condition -- the signal may have fired meanwhile
  if (signal.aborted) return { kind: 'failed', fault: toAbortFault(signal, 'none'), sent: false };
  if (prepared.kind === 'failed') return { ...prepared, sent: false };
  try {
    const response = await rejectOnAbort(Promise.resolve(send(prepared.ready, signal)), signal);
    const { status: httpStatus, headers } = response;
    if (!Number.isInteger(httpStatus)) throw new TypeError('The result of fetch is no response.');
    const isSuccess = httpStatus >= 200 && httpStatus < 300;
    const body = await rejectOnAbort(
      readLimitedBody(response, isSuccess ? maxBytes.success : maxBytes.other),
      signal,
    ).catch(() => ({ kind: 'broken' }) as const);
    // oxlint-disable-next-line typescript/no-unnecessary-condition -- the signal may have fired meanwhile
    const aborted = body.kind === 'broken' && signal.aborted ? toAbortFault(signal, 'unknown') : undefined;
    return { ...read({ httpStatus, isSuccess, headers, body, aborted }), sent: true };
  } catch (error) {
    const fault = readNetworkFault(error);
    return { kind: 'failed', fault: signal.aborted ? toAbortFault(signal, fault.effect) : fault, sent: true };
  }
}

/** Reads the body of a response as text. Stops reading at more than `maxBytes`. Never rejects. */
async function readLimitedBody(response: Pick<Response, 'body'>, maxBytes: number): Promise<LimitedBody> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    if (maxBytes === 0) {
      await response.body?.cancel();
      return { kind: 'too-long' };
    }
    for await (const chunk of response.body ?? []) {
      length += chunk.byteLength;
      if (length > maxBytes) return { kind: 'too-long' };
      chunks.push(chunk);
    }
    return { kind: 'text', text: Buffer.concat(chunks).toString('utf8') };
  } catch {
    return { kind: 'broken' };
  }
}

function toAbortFault(signal: AbortSignal, effect: TransportFault['effect']): TransportFault {
  const isTimeout = Error.isError(signal.reason) && signal.reason.name === 'TimeoutError';
  return { code: isTimeout ? 'timed-out' : 'cancelled', effect, mayPass: isTimeout };
}

/** Classifies an error of `fetch` or of `node:http`. Only where no connection was established is it certain that nothing was sent. */
export function readNetworkFault(error: unknown): TransportFault {
  return isNeverConnected(error)
    ? { code: 'not-connected', effect: 'none', mayPass: true }
    : { code: 'no-answer', effect: 'unknown', mayPass: true };
}

function isNeverConnected(error: unknown): boolean {
  try {
    return neverConnected(error);
  } catch {
    // Reading the error threw, as a Proxy can. A failed connection never gives such an error.
    return false;
  }
}

/** Looks into causes and into the errors of an `AggregateError`, three levels deep. */
function neverConnected(error: unknown, depth = 0): boolean {
  if (!Error.isError(error) || depth > 3) return false;
  const syscall = readOwnProperty(error, 'syscall');
  const code = readOwnProperty(error, 'code');
  const isBeforeSending = typeof code === 'string' && codesBeforeSending.has(code);
  if (syscall === 'connect' || syscall === 'getaddrinfo' || isBeforeSending) return true;
  const attempts = readOwnProperty(error, 'errors');
  return Array.isArray(attempts) && attempts.length > 0
    ? attempts.every((attempt) => neverConnected(attempt, depth + 1))
    : neverConnected(readOwnProperty(error, 'cause'), depth + 1);
}

function readOwnProperty(error: Error, name: string): unknown {
  return Object.getOwnPropertyDescriptor(error, name)?.value;
}

const codesBeforeSending: ReadonlySet<string> = new Set([
  'ERR_NEVER_SENT',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/**
 * The base address of a service without a slash at its end. Undefined unless it is HTTPS, or plain HTTP on a loopback address,
 * without user, query or fragment: a token never crosses a network in plain text.
 */
export function parseBaseUrl(text: string): string | undefined {
  const url = URL.parse(text);
  const isLocal = url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal);
  if (url === null || !isSafe || url.username !== '' || url.password !== '' || url.search + url.hash !== '')
    return undefined;
  return url.origin + url.pathname.replace(/\/+$/, '');
}

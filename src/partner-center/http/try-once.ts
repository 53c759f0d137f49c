import type { Fault } from './fault.ts';
import type { Operation } from './operation.ts';
import { readBody } from './read-body.ts';
import { readFault } from './read-fault.ts';
import { readNetworkFault } from './read-network-fault.ts';
import { readToken } from './read-token.ts';
import type { Transport } from './transport.ts';

/** One request: a success with its status and text, or what it came to instead. */
export type TryOutcome =
  | { readonly kind: 'answered'; readonly httpStatus: number; readonly body: string | undefined; readonly sent: true }
  | { readonly kind: 'failed'; readonly fault: Fault; readonly sent: boolean };

const longestAnswer = 64 * 1024 * 1024;
const longestFault = 64 * 1024;

/**
 * Sends `operation` once, with a token asked for now, and gives up when `milliseconds` are over or the operation's own
 * signal says so. Never throws. A write's 2xx is a success even where its body breaks off: the change is made.
 */
export async function tryOnce(
  transport: Transport,
  operation: Operation,
  fresh: boolean,
  milliseconds: number,
): Promise<TryOutcome> {
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
): Promise<TryOutcome> {
  const token = await readToken(transport.credentials, fresh, signal);
  if (signal.aborted) {
    return { kind: 'failed', fault: stopped(signal, 'none'), sent: false };
  }
  if (token.kind === 'failed') {
    return { ...token, sent: false };
  }
  const fetch = operation.freshConnection ? transport.freshFetch : transport.fetch;
  const headers = headersOf(transport, operation, token.authorization);
  let response: Response;
  try {
    response = await fetch(transport.baseUrl + '/v1' + operation.path, {
      method: operation.method,
      headers,
      body: operation.writeBody?.() ?? null,
      // Not followed: a redirect would take the token, and a password, to another host.
      redirect: 'manual',
      signal,
    });
  } catch (error) {
    const fault = readNetworkFault(error);
    return { kind: 'failed', fault: signal.aborted ? stopped(signal, fault.effect) : fault, sent: true };
  }
  const body = await readBody(response, response.ok ? longestAnswer : longestFault);
  if (!response.ok) {
    const retryAfter = response.headers.get('Retry-After');
    return { kind: 'failed', fault: readFault(response.status, body, retryAfter, transport.clock.now()), sent: true };
  }
  if (operation.method === 'GET' && body === undefined) {
    const fault: Fault = { code: 'no-answer', effect: 'none', passing: true };
    return { kind: 'failed', fault: signal.aborted ? stopped(signal, 'none') : fault, sent: true };
  }
  return { kind: 'answered', httpStatus: response.status, body, sent: true };
}

function stopped(signal: AbortSignal, effect: Fault['effect']): Fault {
  const isTime = Error.isError(signal.reason) && signal.reason.name === 'TimeoutError';
  return { code: isTime ? 'timed-out' : 'cancelled', effect, passing: isTime };
}

function headersOf(transport: Transport, operation: Operation, authorization: string): Record<string, string> {
  return {
    ...operation.headers,
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
}

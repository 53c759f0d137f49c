import type { Fault } from './fault.ts';
import { headersOf } from './headers-of.ts';
import type { Operation } from './operation.ts';
import { readBody } from './read-body.ts';
import { readFault } from './read-fault.ts';
import { readNetworkFault } from './read-network-fault.ts';
import { readToken } from './read-token.ts';
import type { Transport } from './transport.ts';
import { untilAborted } from './until-aborted.ts';

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
  if (signal.aborted) {
    return { kind: 'failed', fault: stopped(signal, 'none'), sent: false };
  }
  const token = await readToken(transport.credentials, fresh, signal);
  if (signal.aborted) {
    return { kind: 'failed', fault: stopped(signal, 'none'), sent: false };
  }
  if (token.kind === 'failed') {
    return { ...token, sent: false };
  }
  const fetch = operation.freshConnection ? transport.freshFetch : transport.fetch;
  const init = {
    method: operation.method,
    headers: headersOf(transport, operation, token.authorization),
    body: operation.writeBody?.() ?? null,
    // Not followed: a redirect would take the token, and a password, to another host.
    redirect: 'manual',
    signal,
  } as const;
  try {
    const url = transport.baseUrl + '/v1' + operation.path;
    const response = await untilAborted(Promise.resolve(fetch(url, init)), signal);
    const { status } = response;
    if (!Number.isInteger(status)) {
      throw new TypeError('What fetch gave is no answer.');
    }
    const isSuccess = status >= 200 && status < 300;
    const retryAfter = response.headers.get('Retry-After');
    const body = await untilAborted(readBody(response, isSuccess ? longestAnswer : longestFault), signal).catch(
      () => ({ kind: 'broken' }) as const,
    );
    const text = body.kind === 'text' ? body.text : undefined;
    if (!isSuccess) {
      return { kind: 'failed', fault: readFault(status, text, retryAfter, transport.clock.now()), sent: true };
    }
    if (operation.method === 'GET' && body.kind !== 'text') {
      return { kind: 'failed', fault: unread(status, body.kind, signal), sent: true };
    }
    return { kind: 'answered', httpStatus: status, body: text, sent: true };
  } catch (error) {
    const fault = readNetworkFault(error);
    return { kind: 'failed', fault: signal.aborted ? stopped(signal, fault.effect) : fault, sent: true };
  }
}

function unread(httpStatus: number, why: 'broken' | 'too-long', signal: AbortSignal): Fault {
  if (why === 'too-long') {
    return { code: 'unreadable-answer', effect: 'none', passing: false, httpStatus };
  }
  return signal.aborted ? stopped(signal, 'none') : { code: 'no-answer', effect: 'none', passing: true };
}

function stopped(signal: AbortSignal, effect: Fault['effect']): Fault {
  const isTime = Error.isError(signal.reason) && signal.reason.name === 'TimeoutError';
  return { code: isTime ? 'timed-out' : 'cancelled', effect, passing: isTime };
}

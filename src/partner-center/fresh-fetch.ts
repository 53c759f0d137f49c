import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { PartnerFetch } from './partner-options.ts';

/**
 * A `fetch` that opens a connection of its own for each call and closes it afterwards. Nothing is sent before the
 * connection stands and the signal has been looked at once more. Native `fetch` does neither: with `Connection: close`
 * it still takes an idle kept connection, and a process that was frozen there sends past its deadline when it wakes.
 * It settles however the connection ends. A compressed body, which nobody asked for, cannot be read.
 */
export const freshFetch: PartnerFetch = (url, init) => {
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  const isSecure = url.startsWith('https:');
  const request = (isSecure ? requestHttps : requestHttp)(url, {
    method: init.method,
    headers: { ...init.headers, 'Accept-Encoding': 'identity' },
    agent: false,
    signal: init.signal,
  });
  let sent = false;
  const fail = (): void => {
    const never = Object.assign(new Error('The request was never sent.'), { code: 'ERR_NEVER_SENT' });
    reject(sent ? new Error('The connection ended without an answer.') : never);
  };
  init.signal.addEventListener('abort', fail, { once: true });
  request.on('error', fail);
  request.once('close', () => {
    init.signal.removeEventListener('abort', fail);
    fail();
  });
  request.once('response', (answer) => {
    try {
      const retryAfter = answer.headers['retry-after'];
      const headers: Record<string, string> = retryAfter === undefined ? {} : { 'Retry-After': retryAfter };
      const status = answer.statusCode ?? 0;
      const isEmpty = [204, 205, 304].includes(status);
      resolve(new Response(isEmpty ? null : readableBodyOf(answer), { status, headers }));
      if (isEmpty) {
        request.destroy();
      }
    } catch {
      fail();
      request.destroy();
    }
  });
  request.once('socket', (socket) => {
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      runAfterDueTimers(() => {
        if (!init.signal.aborted && !request.destroyed) {
          sent = true;
          request.end(init.body);
        }
      });
    });
  });
  return promise;
};

function readableBodyOf(answer: IncomingMessage): ConstructorParameters<typeof Response>[0] {
  const encoding = answer.headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() === 'identity') {
    return answer;
  }
  answer.destroy();
  return new ReadableStream({
    start(controller) {
      controller.error(new Error('The answer is compressed.'));
    },
  });
}

/**
 * Calls `act` when every timer that was due has fired. A process that was frozen runs what came over the network, and
 * the oldest timers, before the timer of a deadline: so it goes round until one round was prompt, or until ten were
 * not: then it is not frozen but busy, and every due timer has had its turn.
 */
function runAfterDueTimers(act: () => void, round = 1): void {
  const start = performance.now();
  setTimeout(() => {
    if (performance.now() - start > 20 && round < 10) {
      runAfterDueTimers(act, round + 1);
    } else {
      act();
    }
  }, 1);
}

import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { PartnerFetch } from '../partner-options.ts';

/**
 * A `fetch` that opens a connection of its own for each call and closes it afterwards. Nothing is sent before the
 * connection stands and the signal has been looked at once more. Native `fetch` does neither: with `Connection: close`
 * it still takes an idle kept connection, and a process that was frozen there sends past its deadline when it wakes.
 */
export const freshFetch: PartnerFetch = (url, init) => {
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  const isSecure = url.startsWith('https:');
  const request = (isSecure ? requestHttps : requestHttp)(url, {
    method: init.method,
    headers: init.headers,
    agent: false,
    signal: init.signal,
  });
  let sent = false;
  request.once('error', (error) => {
    reject(sent ? error : Object.assign(new Error('The request was never sent.'), { code: 'ERR_NEVER_SENT' }));
  });
  request.once('response', (answer) => {
    const retryAfter = answer.headers['retry-after'];
    const isEmpty = [204, 205, 304].includes(answer.statusCode ?? 0);
    try {
      const headers: Record<string, string> = retryAfter === undefined ? {} : { 'Retry-After': retryAfter };
      resolve(new Response(isEmpty ? null : answer, { status: answer.statusCode ?? 0, headers }));
    } catch {
      reject(new Error('The answer has no usable status.'));
      request.destroy();
    }
  });
  request.once('socket', (socket) => {
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      afterDueTimers(() => {
        if (!init.signal.aborted) {
          sent = true;
          request.end(init.body);
        }
      });
    });
  });
  return promise;
};

/**
 * Calls `act` when every timer that was due has fired. A process that was frozen runs what came over the network, and
 * the oldest timers, before the timer of a deadline: so it goes round until one round was prompt.
 */
function afterDueTimers(act: () => void): void {
  const start = performance.now();
  setTimeout(() => {
    if (performance.now() - start > 20) {
      afterDueTimers(act);
    } else {
      act();
    }
  }, 1);
}

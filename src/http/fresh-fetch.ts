import { outboundTunables } from '../base/index.ts';
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';

/** The part of `fetch` that a call uses; the global one fits. It must not follow redirects. */
export type FreshFetch = (
  url: string,
  init: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body: string | null;
    readonly redirect: 'manual';
    readonly signal: AbortSignal;
  },
) => Promise<Response>;

/**
 * Makes a `fetch` that opens a new connection for each call and closes it afterwards, through `proxy` (`http://host:port`)
 * where one is given, and never through a proxy of the environment. It sends nothing before the connection
 * stands and the signal has been checked once more. Native `fetch` does neither: even with `Connection: close` it may
 * reuse an idle connection. A process that was frozen would then send past its deadline when it wakes up.
 * The promise settles however the connection ends. A compressed body cannot be read; the request asks for none.
 */
export function createFreshFetch(proxy?: string): FreshFetch {
  return (url, init) => sendFresh(url, init, proxy);
}

function sendFresh(url: string, init: Parameters<FreshFetch>[1], proxy: string | undefined): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  const isSecure = url.startsWith('https:');
  const agents = createOutboundAgents(proxy, { keepAlive: false });
  const request = (isSecure ? requestHttps : requestHttp)(url, {
    method: init.method,
    headers: { ...init.headers, 'Accept-Encoding': 'identity' },
    agent: isSecure ? agents.https : agents.http,
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
      const { 'retry-after': retryAfter, 'content-type': contentType, location } = answer.headers;
      const requestId = answer.headers['request-id'];
      const headers = {
        ...(retryAfter !== undefined && { 'Retry-After': retryAfter }),
        ...(contentType !== undefined && { 'Content-Type': contentType }),
        ...(location !== undefined && { Location: location }),
        ...(requestId !== undefined && { 'request-id': requestId.toString() }),
      };
      const status = answer.statusCode ?? 0;
      const isEmpty = [204, 205, 304].includes(status);
      resolve(new Response(isEmpty ? null : toReadableBody(answer), { status, headers }));
      if (isEmpty) {
        request.destroy();
      }
    } catch {
      fail();
      request.destroy();
    }
  });
  request.once('socket', (socket) => {
    const send = (): void => {
      runAfterDueTimers(() => {
        if (!init.signal.aborted && !request.destroyed) {
          sent = true;
          request.end(init.body);
        }
      });
    };
    // Through a proxy the tunnel and its TLS stand already.
    if (socket.connecting) {
      socket.once(isSecure ? 'secureConnect' : 'connect', send);
    } else {
      send();
    }
  });
  return promise;
}

function toReadableBody(answer: IncomingMessage): ConstructorParameters<typeof Response>[0] {
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
 * Calls `act` after every timer that is due. A process that wakes up handles network events and its oldest timers first,
 * and so before the timer of a deadline. Therefore `act` waits for one prompt round of the event loop: between two immediates
 * all due timers run. After ten slow rounds the process is busy rather than frozen, and every due timer has run.
 */
function runAfterDueTimers(act: () => void, round = 1): void {
  const start = performance.now();
  setImmediate(() => {
    setImmediate(() => {
      if (
        performance.now() - start > outboundTunables.promptRoundMilliseconds &&
        round < outboundTunables.maxLateRounds
      ) {
        runAfterDueTimers(act, round + 1);
      } else {
        act();
      }
    });
  });
}

/** The agents of Node's HTTP client for plain and for secure addresses. */
export type OutboundAgents = { readonly http: HttpAgent; readonly https: HttpsAgent };

/**
 * Makes agents whose connections go through `proxy` (`http://host:port`), to loopback addresses too, and straight where it
 * is undefined. A proxy of the environment is never used. `keepAlive: false` opens a connection for each request.
 * See https://nodejs.org/docs/latest-v24.x/api/http.html#built-in-proxy-support
 */
export function createOutboundAgents(
  proxy: string | undefined,
  { keepAlive }: { readonly keepAlive: boolean },
): OutboundAgents {
  const options = { keepAlive, ...(proxy !== undefined && { proxyEnv: { http_proxy: proxy, https_proxy: proxy } }) };
  return { http: new HttpAgent(options), https: new HttpsAgent(options) };
}

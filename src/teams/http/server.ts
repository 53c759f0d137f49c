import { once } from 'node:events';
import { type IncomingMessage, type Server, ServerResponse } from 'node:http';
import restify from 'restify';
import type { Clock, Log } from '../../base/index.ts';
import { type AddressLimit, findAddressKey } from '../gate/rate-limits.ts';
import { readJsonBody } from './request-body.ts';
import { type HttpResponse, sendResponse } from './response.ts';

const bodyMilliseconds = 10_000;
const closeMilliseconds = 5000;
const knownRoutes = new Set(['POST /api/messages', 'GET /livez', 'HEAD /livez', 'GET /readyz', 'HEAD /readyz']);
const tooMany: HttpResponse = { status: 429, body: { error: 'too many requests' } };
const notFound: HttpResponse = { status: 404, body: { error: 'not found' } };

const serverLimits = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 5000,
  connectionsCheckingInterval: 2000,
  maxHeadersCount: 100,
};

export type BotServer = {
  /** Starts to listen; port 0 takes a free one. Rejects where the address cannot be had. */
  listen(address: { readonly host: string; readonly port: number }): Promise<{ readonly url: string }>;
  /**
   * Answers `/readyz` with 503 and goes on serving for a short time where anybody has ever asked it; then takes no new
   * requests, finishes what is under way, within 5 seconds, and ends connections.
   */
  close(): Promise<void>;
};

/**
 * The bot's endpoints: `POST /api/messages`, `GET /livez` and `GET /readyz`; everything else is 404. A body reaches
 * `handle` only as a JSON object within its limits. See https://learn.microsoft.com/azure/bot-service/rest-api.
 */
export function createServer({
  handle,
  isReady,
  clock,
  log,
  addresses,
  turnedAway = () => undefined,
  maxConnections = 2000,
  serveOnMilliseconds = 0,
}: {
  readonly handle: (activity: object, authorization: string | undefined) => Promise<HttpResponse>;
  readonly isReady: () => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
  /** Without it an address may send any number of requests that are not authentic. */
  readonly addresses?: AddressLimit;
  /** Told of the status of each activity that does not reach `handle`. */
  readonly turnedAway?: (status: number) => void;
  readonly maxConnections?: number;
  /** For how long a load balancer may take to hear that this instance ends. */
  readonly serveOnMilliseconds?: number;
}): BotServer {
  let isClosing = false;
  let isAsked = false;
  // restify would send `100 Continue` before anybody has looked at the headers.
  const server = restify.createServer({ name: '', noWriteContinue: true });
  restoreWriteHead();
  Reflect.set(server.log, 'level', 'silent');
  const http = server.server;
  // Limits of headers in bytes are Node's own: 16 KB.
  Object.assign(http, serverLimits, { maxConnections });
  // restify takes `upgrade` without answering it, which would leave the connection open for ever.
  http.removeAllListeners('upgrade');
  // restify repeats errors of the server, and one that nobody listens to there never reaches `listen`.
  server.on('error', () => undefined);

  const answer = (request: IncomingMessage, response: ServerResponse, what: HttpResponse) => {
    if (!response.headersSent) sendResponse(request, response, what, { clock, thenClose: isClosing });
  };

  async function messages(request: IncomingMessage, response: ServerResponse): Promise<HttpResponse | undefined> {
    const address = findAddressKey(request.socket.remoteAddress ?? '');
    const { authorization } = request.headers;
    if (addresses?.take(address, authorization) === false) return turnAway(tooMany);
    const body = await readJsonBody(request, {
      clock,
      milliseconds: bodyMilliseconds,
      beforeReading: () => {
        if (request.headers.expect !== undefined) response.writeContinue();
      },
    });
    switch (body.kind) {
      case 'read': {
        const answered = await handle(body.value, authorization);
        if (answered.status !== 401 && answered.status !== 503) addresses?.giveBack(address);
        return answered;
      }
      case 'refused':
        return turnAway({ status: body.status, body: { error: body.why } });
      case 'aborted':
        return undefined;
    }
  }

  function turnAway(what: HttpResponse): HttpResponse {
    turnedAway(what.status);
    return what;
  }

  async function ready(): Promise<HttpResponse> {
    isAsked = true;
    const isUp = !isClosing && (await isReady().catch(() => false));
    return { status: isUp ? 200 : 503, body: { ready: isUp } };
  }

  const serve = (act: typeof messages) => async (request: IncomingMessage, response: ServerResponse) => {
    try {
      const what = await act(request, response);
      if (what !== undefined) answer(request, response, what);
    } catch (error) {
      log({ level: 'error', event: 'request-failed', name: Error.isError(error) ? error.name : undefined });
      answer(request, response, { status: 500, body: { error: 'something went wrong' } });
    }
  };
  const live = serve(async () => Promise.resolve({ status: 200, body: { live: true } }));

  // restify answers 405 to another method on a known path; here there is nothing but what is listed.
  server.pre((request: IncomingMessage, response: ServerResponse, next) => {
    const [path = ''] = (request.url ?? '').split('?', 1);
    if (knownRoutes.has(`${request.method ?? ''} ${path}`)) {
      next();
      return;
    }
    answer(request, response, notFound);
    next(false);
  });
  server.post('/api/messages', serve(messages));
  server.get('/livez', live);
  server.head('/livez', live);
  server.get('/readyz', serve(ready));
  server.head('/readyz', serve(ready));

  return {
    listen: async ({ host, port }) => {
      server.listen(port, host);
      await once(http, 'listening');
      return { url: server.url };
    },
    close: async () => {
      isClosing = true;
      if (isAsked && serveOnMilliseconds > 0) {
        await new Promise<void>((resolve) => void clock.after(serveOnMilliseconds, resolve));
      }
      await closeServer(http, { clock, milliseconds: closeMilliseconds });
    },
  };
}

/**
 * Stops listening, ends idle connections at once and the others when they have their answer, all of them after
 * `milliseconds`: Node no longer times out half a request once a server closes.
 */
async function closeServer(
  server: Server,
  { clock, milliseconds }: { readonly clock: Clock; readonly milliseconds: number },
): Promise<void> {
  if (!server.listening) return;
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const stopWaiting = clock.after(milliseconds, () => {
    server.closeAllConnections();
  });
  server.close(() => {
    resolve();
  });
  server.closeIdleConnections();
  await closed;
  stopWaiting();
}

const restoredMark = Symbol.for('locksmith.writeHead.returns.itself');

/**
 * restify replaces `writeHead` for every server in the process by one that returns nothing, so that
 * `response.writeHead(…).end()` throws elsewhere. This gives the return value back.
 */
function restoreWriteHead(): void {
  const { prototype } = ServerResponse;
  // oxlint-disable-next-line typescript/unbound-method -- it is called on the response it belongs to
  const theirs = prototype.writeHead;
  if (Object.hasOwn(theirs, restoredMark)) return;
  const ours = function writeHead(this: ServerResponse, ...given: unknown[]): ServerResponse {
    Reflect.apply(theirs, this, given);
    return this;
  };
  prototype.writeHead = Object.assign(ours, { [restoredMark]: true });
}

import { once } from 'node:events';
import { type IncomingMessage, type Server, ServerResponse } from 'node:http';
import restify from 'restify';
import { type Clock, type Log, teamsTunables, wait } from '../../base/index.ts';
import { type AddressLimit, findAddressKey } from '../gate/rate-limits.ts';
import { type HttpResponse, readJsonBody, sendResponse } from './json-body.ts';

const knownRoutes = new Set(['POST /api/messages', 'GET /livez', 'HEAD /livez', 'GET /readyz', 'HEAD /readyz']);
const tooMany: HttpResponse = { status: 429, body: { error: 'too many requests' } };
const notFound: HttpResponse = { status: 404, body: { error: 'not found' } };

const serverLimits = {
  headersTimeout: teamsTunables.headersTimeoutMilliseconds,
  requestTimeout: teamsTunables.requestTimeoutMilliseconds,
  keepAliveTimeout: teamsTunables.keepAliveMilliseconds,
  connectionsCheckingInterval: teamsTunables.connectionCheckMilliseconds,
  maxHeadersCount: teamsTunables.maxHeaders,
};

export type BotServer = {
  /** Starts to listen; port 0 takes a free one. It rejects if the address is not available. */
  listen(address: { readonly host: string; readonly port: number }): Promise<{ readonly url: string }>;
  /**
   * Answers `/readyz` with 503 from now on. If it was ever asked, the server serves for `serveOnMilliseconds` more. Then
   * it takes no new requests, lets those in progress finish, and closes all connections.
   */
  close(): Promise<void>;
};

/**
 * Creates the bot's endpoints: `POST /api/messages`, `GET /livez` and `GET /readyz`; everything else is 404. `handle`
 * gets the body as a JSON object within limits, and the `Authorization` header. If it rejects, the answer is 500. See
 * https://learn.microsoft.com/azure/bot-service/rest-api.
 */
export function createServer({
  handle,
  isReady,
  clock,
  log,
  addresses,
  onRejected = () => undefined,
  maxConnections = teamsTunables.maxConnections,
  serveOnMilliseconds = 0,
}: {
  readonly handle: (activity: object, authorization: string | undefined) => Promise<HttpResponse>;
  readonly isReady: () => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
  /** Limits the requests of an address that are not authentic; without it there is no limit. */
  readonly addresses?: AddressLimit;
  /** Called with the status of each request to `/api/messages` that does not reach `handle`. */
  readonly onRejected?: (status: number) => void;
  readonly maxConnections?: number;
  /** How long a load balancer may take to notice that this instance shuts down. @default 0 */
  readonly serveOnMilliseconds?: number;
}): BotServer {
  let isClosing = false;
  let isAsked = false;
  // restify would send `100 Continue` before the headers are checked.
  const server = restify.createServer({ name: '', noWriteContinue: true });
  Reflect.set(server.log, 'level', 'silent');
  const http = server.server;
  // The limit of headers in bytes is Node's own: 16 KB.
  Object.assign(http, serverLimits, { maxConnections });
  // restify accepts `upgrade` without an answer, which would leave the connection open for ever.
  http.removeAllListeners('upgrade');
  // restify emits the errors of the server again. Without a listener there, one would never reach `listen`.
  server.on('error', () => undefined);

  const answer = (request: IncomingMessage, response: ServerResponse, what: HttpResponse) => {
    if (!response.headersSent) sendResponse(request, response, what, { clock, thenClose: isClosing });
  };

  async function messages(request: IncomingMessage, response: ServerResponse): Promise<HttpResponse | undefined> {
    const address = findAddressKey(request.socket.remoteAddress ?? '');
    const { authorization } = request.headers;
    const admitted = addresses?.admit(address, authorization);
    if (addresses !== undefined && admitted === undefined) return turnAway(tooMany);
    const body = await readJsonBody(request, {
      clock,
      beforeReading: () => {
        if (request.headers.expect !== undefined) response.writeContinue();
      },
    });
    switch (body.kind) {
      case 'read': {
        const answered = await handle(body.value, authorization);
        if (answered.status !== 401 && answered.status !== 503) admitted?.giveBack();
        return answered;
      }
      case 'refused':
        return turnAway({ status: body.status, body: { error: body.why } });
      case 'aborted':
        return undefined;
    }
  }

  function turnAway(what: HttpResponse): HttpResponse {
    onRejected(what.status);
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

  // restify would answer another method on a known path with 405. Here it is 404, like everything that is not listed.
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
        await wait(clock, serveOnMilliseconds);
      }
      await closeServer(http, clock);
    },
  };
}

/**
 * Stops listening and closes idle connections at once. The others are closed when they have their answer, or after
 * `serverCloseMilliseconds`: Node does not time out an incomplete request once a server closes.
 */
async function closeServer(server: Server, clock: Clock): Promise<void> {
  if (!server.listening) return;
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const stopWaiting = clock.after(teamsTunables.serverCloseMilliseconds, () => {
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
 * restify replaces `writeHead` for every server in the process by one that returns nothing. Code elsewhere that calls
 * `response.writeHead(…).end()` would throw. This restores the return value.
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

// restify has replaced it when it was imported, so it is restored before anything else runs.
restoreWriteHead();

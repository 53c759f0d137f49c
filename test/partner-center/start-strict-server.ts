import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach } from '@jest/globals';

/** A request as it came in. */
export type Received = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  readonly port: number | undefined;
};

/** What to answer: plain facts, or a function that does as it likes with the connection. */
export type Reply =
  | {
      readonly status?: number;
      readonly headers?: Record<string, string>;
      readonly json?: unknown;
      readonly text?: string;
    }
  | ((response: ServerResponse, request: Received) => void);

/** Answers with the customer or the user that was asked for: its id and nothing else. */
export const theOneAsked: Reply = (response, { url }) => {
  const [, customer = '', user = customer] = /^\/v1(?:\/.*)?\/customers\/([^/]+)(?:\/users\/([^/]+))?/.exec(url) ?? [];
  response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify({ id: decodeURIComponent(user) }));
};

export type StrictServer = {
  readonly baseUrl: string;
  readonly received: readonly Received[];
  stop(): Promise<void>;
};

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * A Partner Center of a few lines: it demands what the documents demand, keeps what came in, and gives `replies` in
 * turn, the last one for ever.
 */
export async function startStrictServer(...replies: readonly Reply[]): Promise<StrictServer> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void readRequest(request).then((read) => {
      received.push(read);
      const complaint = complaintAbout(read);
      const reply = replies[Math.min(received.length, replies.length) - 1] ?? { status: 404 };
      answer(complaint === undefined ? reply : { status: 418, text: complaint }, response, read);
      return undefined;
    });
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('no port');
  }
  return {
    baseUrl: `http://127.0.0.1:${address.port}`,
    received,
    async stop() {
      const closed = Promise.withResolvers<void>();
      server.close(() => {
        closed.resolve();
      });
      server.closeAllConnections();
      await closed.promise;
    },
  };
}

async function readRequest(request: IncomingMessage): Promise<Received> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) {
    body += String(chunk);
  }
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, value?.toString()]));
  const { method = '', url = '' } = request;
  return { method, url, headers, body, port: request.socket.remotePort };
}

function complaintAbout({ method, url, headers, body }: Received): string | undefined {
  if (!/^Bearer [\x21-\x7e]+$/.test(headers['authorization'] ?? '')) {
    return 'no bearer token';
  }
  if (!guid.test(headers['ms-requestid'] ?? '') || !guid.test(headers['ms-correlationid'] ?? '')) {
    return 'no request id or correlation id';
  }
  if (headers['accept'] !== 'application/json' || !url.startsWith('/v1/')) {
    return 'not the documented kind of request';
  }
  if (method === 'PATCH') {
    const isJson = headers['content-type'] === 'application/json';
    return isJson && body.endsWith('"attributes":{"objectType":"CustomerUser"}}') ? undefined : 'not a user';
  }
  if (method === 'POST' && url.endsWith('/applicationconsents')) {
    return headers['content-type'] === 'application/json' ? undefined : 'no JSON';
  }
  return method === 'GET' && body === '' ? undefined : 'no such method';
}

function answer(reply: Reply, response: ServerResponse, request: Received): void {
  if (typeof reply === 'function') {
    reply(response, request);
    return;
  }
  response.writeHead(reply.status ?? 200, { 'Content-Type': 'application/json', ...reply.headers });
  response.end(reply.text ?? JSON.stringify(reply.json ?? {}));
}

/** Gives a function that starts strict servers, which are stopped after each test of the file. */
export function serving(): (...replies: readonly Reply[]) => Promise<StrictServer> {
  const servers: StrictServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });
  return async (...replies) => {
    const server = await startStrictServer(...replies);
    servers.push(server);
    return server;
  };
}

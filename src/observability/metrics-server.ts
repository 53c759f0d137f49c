import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Log } from '../base/index.ts';
import type { Metrics } from './metrics.ts';

export type MetricsServer = {
  /** Starts to listen; port 0 takes a free one. Rejects where the address cannot be had. */
  listen(address: { readonly host: string; readonly port: number }): Promise<{ readonly url: string }>;
  /** Ends at once: a scrape under way is cut off. */
  close(): Promise<void>;
};

/** A scraper needs little; whoever wants more is cut short. Milliseconds where it is a time. */
const serverLimits = {
  headersTimeout: 5000,
  requestTimeout: 5000,
  connectionsCheckingInterval: 1000,
  maxHeaderSize: 8192,
};
const maxConnections = 20;

/**
 * `GET /metrics` and nothing else: everything but that is 404. Nobody has to say who they are, so it belongs on an
 * address that only the scraper reaches. Each answer ends its connection, and scrapes at the same time share one answer.
 */
export function createMetricsServer({
  metrics,
  log,
}: {
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>;
  readonly log: Log;
}): MetricsServer {
  let collecting: Promise<string> | undefined;
  const server = createServer({ ...serverLimits, keepAlive: false }, (request, response) => {
    void answer(request, response);
  });
  server.maxConnections = maxConnections;
  server.maxRequestsPerSocket = 1;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('Connection', 'close');
    response.on('error', () => undefined);
    if (request.method !== 'GET' || request.url?.split('?', 1)[0] !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    try {
      collecting ??= metrics.text().finally(() => {
        collecting = undefined;
      });
      const text = await collecting;
      response.writeHead(200, { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' }).end(text);
    } catch (failure) {
      log({ level: 'error', event: 'metrics-failed', name: Error.isError(failure) ? failure.name : undefined });
      response.writeHead(500).end();
    }
  }

  return {
    async listen({ host, port }) {
      server.listen(port, host);
      await once(server, 'listening');
      const address = server.address();
      const taken = typeof address === 'object' && address !== null ? address.port : port;
      return { url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}/metrics` };
    },
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

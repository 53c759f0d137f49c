import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Log, observabilityTunables } from '../base/index.ts';
import type { Metrics } from './metrics.ts';

export type MetricsServer = {
  /** Starts to listen; port 0 takes a free one. Rejects where the address is taken or not permitted. */
  listen(address: { readonly host: string; readonly port: number }): Promise<{ readonly url: string }>;
  /** Closes at once and cuts off a scrape under way. */
  close(): Promise<void>;
};

/**
 * Makes the server of `GET /metrics`; everything else is 404. It authenticates no caller, so only the scraper may reach its
 * address. Each answer closes its connection, and scrapes at the same time share one answer.
 */
export function createMetricsServer({
  metrics,
  log,
}: {
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>;
  readonly log: Log;
}): MetricsServer {
  const limits = {
    headersTimeout: observabilityTunables.metricsRequestTimeoutMilliseconds,
    requestTimeout: observabilityTunables.metricsRequestTimeoutMilliseconds,
    connectionsCheckingInterval: 1000,
    maxHeaderSize: observabilityTunables.metricsMaxHeaderBytes,
  };
  let collecting: Promise<string> | undefined;
  const server = createServer({ ...limits, keepAlive: false }, (request, response) => {
    void answer(request, response);
  });
  server.maxConnections = observabilityTunables.metricsMaxConnections;
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

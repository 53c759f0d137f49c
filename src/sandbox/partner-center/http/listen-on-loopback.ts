import type { Server } from 'node:http';

/** Opens a server on 127.0.0.1 and nowhere else, and closes it with all its connections. */
export function listenOnLoopback(server: Server): {
  listen(where?: { readonly port?: number; readonly host?: '127.0.0.1' }): Promise<{ readonly url: string }>;
  close(): Promise<void>;
} {
  return {
    async listen({ port = 0, host = '127.0.0.1' } = {}) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      server.once('error', reject);
      server.listen({ port, host }, resolve);
      await promise;
      server.off('error', reject);
      const address = server.address();
      const open = typeof address === 'object' && address !== null ? address.port : port;
      return { url: `http://${host}:${open}` };
    },
    async close() {
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
      await promise;
    },
  };
}

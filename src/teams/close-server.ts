import type { Server } from 'node:http';

import type { Clock } from '../clock.ts';

/**
 * Stops listening, ends idle connections at once and the others when they have their answer, all of them after
 * `milliseconds`: Node no longer times out half a request once a server closes.
 */
export async function closeServer(
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

import { afterEach } from '@jest/globals';
import type { Reply, StrictServer } from './start-strict-server.ts';
import { startStrictServer } from './start-strict-server.ts';

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

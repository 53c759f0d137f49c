import { createServer, type Socket } from 'node:net';
import { afterEach } from '@jest/globals';

/** A server below HTTP. `open` gives how many connections stand. */
type RawServer = { readonly baseUrl: string; open(): number };

/** Gives a function that starts servers which answer everything with the same bytes and leave the connection open. */
export function rawServing(): (answer: string | Buffer) => Promise<RawServer> {
  const stops: (() => void)[] = [];
  afterEach(() => {
    for (const stop of stops.splice(0)) {
      stop();
    }
  });
  return async (answer) => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.once('data', () => socket.write(answer));
      socket.on('error', () => {});
      socket.once('close', () => {
        sockets.delete(socket);
      });
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    server.listen(0, '127.0.0.1', resolve);
    await promise;
    stops.push(() => {
      server.close();
      for (const socket of sockets) {
        socket.destroy();
      }
    });
    const address = server.address();
    if (address === null || typeof address === 'string') {
      throw new Error('no port');
    }
    return { baseUrl: `http://127.0.0.1:${address.port}`, open: () => sockets.size };
  };
}

import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Stands before a server on loopback and passes everything on, until it goes quiet as a network does that was cut. */
export type QuietProxy = {
  readonly port: number;
  /** From now on nothing passes, and no one is told so. */
  goQuiet(): void;
  stop(): Promise<void>;
};

/** Starts one before the server on that port. */
export async function startQuietProxy(behind: number): Promise<QuietProxy> {
  let isQuiet = false;
  const sockets = new Set<Socket>();
  const pass = (from: Socket, to: Socket): void => {
    sockets.add(from);
    from.on('data', (chunk) => {
      if (!isQuiet) to.write(chunk);
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      sockets.delete(from);
      if (!isQuiet) to.destroy();
    });
  };
  const server = createServer((caller) => {
    const called = connect(behind, '127.0.0.1');
    pass(caller, called);
    pass(called, caller);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return {
    port: address.port,
    goQuiet: () => {
      isQuiet = true;
    },
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

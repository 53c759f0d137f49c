import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Stands before a PostgreSQL server. */
export type HoldingProxy = {
  readonly port: number;
  /** Holds all answers back until the client has said this. */
  holdAnswersUntil(text: string): void;
  /** Changes what the client says from now on: another text of the same length. */
  replace(text: string, by: string): void;
  /** How often the client has said something after it had heard an answer, on all connections together. */
  roundTrips(): number;
  close(): void;
};

/** Starts it on a port of its own, before the server on that port. */
export async function startHoldingProxy(port: number): Promise<HoldingProxy> {
  let replaced: { readonly text: string; readonly by: string } | undefined;
  const sockets = new Set<Socket>();
  let trips = 0;
  let awaited: string | undefined;
  let held: (() => void)[] = [];
  const proxy: Server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    let isAnswered = true;
    client.on('data', (bytes) => {
      if (isAnswered) trips += 1;
      isAnswered = false;
      upstream.write(replaced === undefined ? bytes : replaceIn(bytes, replaced));
      if (awaited === undefined || !bytes.includes(awaited)) return;
      awaited = undefined;
      for (const pass of held) pass();
      held = [];
    });
    upstream.on('data', (bytes) => {
      isAnswered = true;
      if (awaited === undefined) client.write(bytes);
      else held.push(() => client.write(bytes));
    });
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    port: address.port,
    holdAnswersUntil(text): void {
      awaited = text;
    },
    replace(text, by): void {
      replaced = { text, by };
    },
    roundTrips: () => trips,
    close(): void {
      for (const socket of sockets) socket.destroy();
      proxy.close();
    },
  };
}

function replaceIn(bytes: Buffer, { text, by }: { readonly text: string; readonly by: string }): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll(text, by), 'latin1');
}

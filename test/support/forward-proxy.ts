import { once } from 'node:events';
import { Agent, createServer, request as send } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** A forward proxy on loopback, as a company has one: it tunnels with CONNECT and passes plain requests on. */
export type ForwardProxy = {
  /** `http://127.0.0.1:port`, for `OUTBOUND_PROXY`. */
  readonly url: string;
  readonly port: number;
  /** What it was asked for, in order: `CONNECT host:port` or `PATCH http://host:port/path`. */
  readonly asked: readonly string[];
  /** The ports from which it has called others. */
  readonly ownPorts: ReadonlySet<number>;
  /** Its connections to others; whoever else opens one goes past it. */
  readonly sockets: ReadonlySet<Socket>;
  stop(): Promise<void>;
};

/** Starts one. `refuses`: it answers every tunnel and every request with 403 and a page, and calls no one. */
export async function startForwardProxy({ refuses = false } = {}): Promise<ForwardProxy> {
  const asked: string[] = [];
  const ownPorts = new Set<number>();
  const sockets = new Set<Socket>();
  const open = new Set<Duplex>();
  const keep = (socket: Duplex): void => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
  };
  const own = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('connect', () => ownPorts.add(socket.localPort ?? 0));
    return socket;
  };
  // An agent of its own: the global one may be routed to this very proxy.
  const agent = new Agent({ keepAlive: false });
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (refuses) {
      response.writeHead(403, { 'Content-Type': 'text/html' }).end('<html>No way out.</html>');
      return;
    }
    const { 'proxy-connection': _hop, ...headers } = request.headers;
    const onward = send(request.url ?? '', { method: request.method, headers, agent }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('socket', own);
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  server.on('connect', (request, caller, head) => {
    asked.push(`CONNECT ${request.url}`);
    keep(caller);
    if (refuses) {
      caller.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const target = URL.parse(`http://${request.url}`);
    const called = own(connect(Number(target?.port || 80), target?.hostname.replace(/^\[|\]$/g, '') ?? ''));
    keep(called);
    called.on('connect', () => {
      caller.write('HTTP/1.1 200 Connection established\r\n\r\n');
      called.write(head);
      called.pipe(caller).pipe(called);
    });
    called.on('close', () => caller.destroy());
    caller.on('close', () => called.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  const { port } = address;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    asked,
    ownPorts,
    sockets,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

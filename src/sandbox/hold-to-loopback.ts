import { Server, Socket } from 'node:net';
import { inspect } from 'node:util';

/*
 * Loaded into the Playground's process before its own code. The process then listens on 127.0.0.1 only, and reaches this
 * machine only. Even without telemetry it would ask a cloud's metadata address and look up a name. It leaves Ctrl-C to the
 * process that started it, and ends with it.
 */

const loopback = '127.0.0.1';
const ownNames = new Set<unknown>([undefined, '', 'localhost', loopback, '::1']);
const originalListen = Object.getOwnPropertyDescriptor(Server.prototype, 'listen')?.value;
const originalConnect = Object.getOwnPropertyDescriptor(Socket.prototype, 'connect')?.value;

Object.defineProperty(Server.prototype, 'listen', {
  configurable: true,
  writable: true,
  value: function listen(this: Server, ...given: readonly unknown[]): unknown {
    return Reflect.apply(originalListen, this, pinned(given));
  },
});

Object.defineProperty(Socket.prototype, 'connect', {
  configurable: true,
  writable: true,
  value: function connect(this: Socket, ...given: readonly unknown[]): unknown {
    if (ownNames.has(hostOf(given))) return Reflect.apply(originalConnect, this, given);
    return this.destroy(new Error('The Playground is held to this machine.'));
  },
});

process.on('SIGINT', () => undefined);
// It leaves some promises to themselves, such as a message to a page that is just being closed. That is not worth its end.
process.on('unhandledRejection', (reason) => {
  process.stderr.write(`Unhandled: ${inspect(reason)}\n`);
});
process.stdin
  .on('close', () => process.exit())
  .resume()
  .unref();

/** https://nodejs.org/api/net.html#serverlisten: every form of it, as a port of the loopback address. */
function pinned([first, ...rest]: readonly unknown[]): readonly unknown[] {
  const listeners = [first, ...rest].filter((one) => typeof one === 'function');
  if (typeof first !== 'object' || first === null) {
    return [{ port: typeof first === 'function' ? 0 : (first ?? 0), host: loopback }, ...listeners];
  }
  if (!('port' in first)) throw new Error('The Playground may listen on a port only.');
  return [{ ...first, host: loopback }, ...listeners];
}

/** Node calls `connect` with one array of what was given; others call it as documented. */
function hostOf(given: readonly unknown[]): unknown {
  const [first, second]: readonly unknown[] = Array.isArray(given[0]) ? given[0] : given;
  if (typeof first === 'object' && first !== null) return 'host' in first ? first.host : undefined;
  return typeof second === 'string' ? second : undefined;
}

import { createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { createSecureContext, TLSSocket } from 'node:tls';
import { makeCertificate } from './make-certificate.ts';

/** A server that speaks PostgreSQL's protocol as far as it takes to refuse. */
export type RefusingPostgres = { readonly port: number; close(): Promise<void> };

const sslRequest = 80_877_103;

/**
 * Refuses every connection with this SQLSTATE. `tls`: whether it offers TLS, with a certificate that no authority knows.
 * https://www.postgresql.org/docs/current/protocol-flow.html
 */
export async function startRefusingPostgres(sqlState: string, tls: boolean): Promise<RefusingPostgres> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    socket.once('data', (first) => {
      if (first.readInt32BE(4) !== sslRequest) {
        socket.end(errorResponse(sqlState));
        return;
      }
      socket.write(tls ? 'S' : 'N');
      if (!tls) {
        socket.once('data', () => socket.end(errorResponse(sqlState)));
        return;
      }
      const { certificate, privateKey } = makeCertificate({ host: 'elsewhere.example' });
      const secureContext = createSecureContext({ cert: certificate, key: privateKey });
      new TLSSocket(socket, { isServer: true, secureContext }).on('error', () => undefined);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return {
    port: address.port,
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

/** https://www.postgresql.org/docs/current/protocol-error-fields.html */
function errorResponse(sqlState: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${sqlState}\0MCANARY\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

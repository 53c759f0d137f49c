import { createServer } from 'node:http';

/** A server in a process of its own, so that it goes on when the test freezes: tells when each PATCH came in. */
const server = createServer((request, response) => {
  if (request.method === 'PATCH') {
    process.send?.({ kind: 'patch', at: Date.now(), port: request.socket.remotePort });
  }
  request.resume();
  response.setHeader('Content-Type', 'application/json');
  const id = /^\/v1\/customers\/(?:[^/]+\/users\/)?([^/]+)/.exec(request.url ?? '')?.[1];
  response.end(JSON.stringify({ id }));
});
server.listen(0, '127.0.0.1', () => {
  process.send?.({ kind: 'listening', address: server.address() });
});

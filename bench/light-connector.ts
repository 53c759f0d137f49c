import { once } from 'node:events';
import { createServer } from 'node:http';

export type LightConnector = {
  /** The service address for activities. */
  readonly url: string;
  /** How many messages have arrived. */
  posted(): number;
  close(): Promise<void>;
};

/** A Bot Framework connector that takes every message and knows every member: as cheap as can be, so that bots are measured and not it. */
export async function createLightConnector(): Promise<LightConnector> {
  let posted = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.once('end', () => {
      response.setHeader('Content-Type', 'application/json');
      if (request.method === 'POST') {
        posted += 1;
        response.end('{"id":"1"}');
        return;
      }
      const id = decodeURIComponent(request.url?.split('/').at(-1) ?? '');
      response.end(JSON.stringify({ id, name: 'Robin Tech', aadObjectId: objectIdOf(id), userRole: 'user' }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    posted: () => posted,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** The Entra id of `29:robin-7`. */
export function objectIdOf(teamsUserId: string): string {
  const number = teamsUserId.split('-').at(-1) ?? '';
  return `0a1b2c3d-0000-4000-8000-${number.padStart(12, '0')}`;
}

import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';

import type { SigningPair } from './token-maker.ts';

/** What can go wrong with the key server. `moved`: it redirects to another address of its own. */
export type KeyServerFault =
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'reset' }
  | { readonly kind: 'silence' }
  | { readonly kind: 'half-an-answer' }
  | { readonly kind: 'body'; readonly body: string }
  | { readonly kind: 'moved' };

export type KeyServer = {
  readonly metadataUrl: string;
  /** The paths that were asked for, in order. */
  readonly asked: readonly string[];
  /** Which keys there are from now on. */
  publish(...pairs: readonly SigningPair[]): void;
  /** What goes wrong from now on, with the metadata or with the keys; undefined mends it. */
  break(part: 'metadata' | 'keys', fault: KeyServerFault | undefined): void;
  /** Resolves when so many requests in all have arrived. */
  arrived(count: number): Promise<void>;
  close(): Promise<void>;
};

const metadataPath = '/v1/.well-known/openidconfiguration';
const keysPath = '/v1/.well-known/keys';

/** Bot Framework's OpenID metadata and keys, over loopback HTTP. */
export async function startKeyServer(...pairs: readonly SigningPair[]): Promise<KeyServer> {
  let published = pairs;
  const faults = new Map<string, KeyServerFault>();
  const asked: string[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  let origin = '';

  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    for (const { count, resolve } of waiting) if (asked.length >= count) resolve();
    const fault = faults.get(path);
    if (fault !== undefined) {
      play(fault, response);
      return;
    }
    const body =
      path === metadataPath
        ? {
            issuer: 'https://api.botframework.com',
            jwks_uri: `${origin}${keysPath}`,
            id_token_signing_alg_values_supported: ['RS256'],
          }
        : { keys: published.map(({ jwk }) => jwk) };
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The key server has no port.');
  origin = `http://127.0.0.1:${String(address.port)}`;

  return {
    metadataUrl: `${origin}${metadataPath}`,
    asked,
    publish(...next) {
      published = next;
    },
    break(part, fault) {
      const path = part === 'metadata' ? metadataPath : keysPath;
      if (fault === undefined) faults.delete(path);
      else faults.set(path, fault);
    },
    arrived(count) {
      if (asked.length >= count) return Promise.resolve();
      return new Promise((resolve) => {
        waiting.push({ count, resolve });
      });
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** restify changes `writeHead` for the whole process so that it returns nothing; so nothing is chained to it. */
function play(fault: KeyServerFault, response: ServerResponse): void {
  switch (fault.kind) {
    case 'status':
      response.writeHead(fault.status);
      response.end('{}');
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'silence':
      return;
    case 'half-an-answer':
      response.writeHead(200, { 'Content-Length': 1000 });
      response.write('{"keys":');
      return;
    case 'body':
      response.writeHead(200);
      response.end(fault.body);
      return;
    case 'moved':
      response.writeHead(302, { Location: '/elsewhere' });
      response.end();
  }
}

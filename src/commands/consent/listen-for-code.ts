import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';
import { Secret } from '../../secret.ts';

/** What the browser brought back. `declined`: Entra or the person said no. */
export type CodeOutcome =
  { readonly kind: 'code'; readonly code: Secret } | { readonly kind: 'declined' } | { readonly kind: 'too-late' };

export type CodeListener = {
  /** `http://localhost:PORT/`. */
  readonly redirectUri: string;
  /** Takes the first answer that brings this state, and nothing afterwards; until then anything else is turned away. */
  wait(state: string): Promise<CodeOutcome>;
  close(): void;
};

/** A person needs some minutes for a password, a phone and a consent. */
const waitMilliseconds = 10 * 60_000;

/**
 * Listens on loopback for the browser to come back from Entra (RFC 8252, section 7.3). Rejects where the port is taken;
 * port 0 takes any.
 */
export async function listenForCode(port: number, clock: Clock): Promise<CodeListener> {
  let expected: string | undefined;
  const { promise, resolve } = Promise.withResolvers<CodeOutcome>();
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 10_000 }, (request, response) => {
    const outcome = expected === undefined ? undefined : readAnswer(request, expected);
    if (outcome === undefined) {
      answer(response, 404, 'This is no answer to the sign-in that Locksmith waits for.');
      return;
    }
    expected = undefined;
    const says = outcome.kind === 'code' ? 'Locksmith goes on.' : 'Nothing was changed.';
    answer(response, 200, `${says} You may close this window; the terminal says how it went.`);
    resolve(outcome);
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', listening);
  });
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  return {
    redirectUri: `http://localhost:${taken}/`,
    async wait(state) {
      expected = state;
      const cancel = clock.after(waitMilliseconds, () => {
        expected = undefined;
        resolve({ kind: 'too-late' });
      });
      try {
        return await promise;
      } finally {
        cancel();
      }
    },
    close() {
      server.close();
      // The page has been sent by now; the browser would keep its connection for a while.
      server.closeIdleConnections();
    },
  };
}

/** Undefined: not the answer, whoever sent it. */
function readAnswer(request: IncomingMessage, state: string): CodeOutcome | undefined {
  const url = URL.parse(request.url ?? '', 'http://localhost');
  if (request.method !== 'GET' || url?.pathname !== '/') return undefined;
  const [given, code] = [url.searchParams.get('state') ?? '', url.searchParams.get('code') ?? ''];
  if (given.length !== state.length || !timingSafeEqual(Buffer.from(given), Buffer.from(state))) return undefined;
  return code === '' ? { kind: 'declined' } : { kind: 'code', code: new Secret(code) };
}

function answer(response: ServerResponse, status: number, says: string): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Content-Security-Policy', "default-src 'none'");
  response.setHeader('Connection', 'close');
  response.end(
    `<!doctype html><html lang="en"><head><title>Locksmith</title></head><body><p>${says}</p></body></html>\n`,
  );
}

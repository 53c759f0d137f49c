import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Clock, commandTunables, Secret } from '../../base/index.ts';

/** What the browser brought back. `declined`: the person said no; `refused`: Entra did, by codes of its own. */
type AuthorizationCodeOutcome =
  | { readonly kind: 'code'; readonly code: Secret }
  | { readonly kind: 'declined' }
  | { readonly kind: 'refused'; readonly error: string | undefined; readonly entraCode: string | undefined }
  | { readonly kind: 'too-late' };

type AuthorizationCodeListener = {
  /** `http://localhost:PORT/`. */
  readonly redirectUri: string;
  /** Takes the first answer that brings this state, and nothing afterwards; until then anything else is turned away. */
  wait(state: string): Promise<AuthorizationCodeOutcome>;
  close(): void;
};

/**
 * Listens on loopback for the browser to come back from Entra (RFC 8252, section 7.3). Rejects where the port is taken;
 * port 0 takes any.
 */
export async function listenForAuthorizationCode(port: number, clock: Clock): Promise<AuthorizationCodeListener> {
  const timeout = commandTunables.consentRequestTimeoutMilliseconds;
  let expected: string | undefined;
  const { promise, resolve } = Promise.withResolvers<AuthorizationCodeOutcome>();
  const server = createServer({ requestTimeout: timeout, headersTimeout: timeout }, (request, response) => {
    const outcome = expected === undefined ? undefined : readRedirect(request, expected);
    if (outcome === undefined) {
      sendPage(response, 404, 'This is no answer to the sign-in that Locksmith waits for.');
      return;
    }
    expected = undefined;
    const says = outcome.kind === 'code' ? 'Locksmith goes on.' : 'Nothing was changed.';
    // Not before the page has been sent: `close` ends every connection.
    response.once('close', () => {
      resolve(outcome);
    });
    sendPage(response, 200, `${says} You may close this window; the terminal says how it went.`);
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
      const cancel = clock.after(commandTunables.consentTimeoutMilliseconds, () => {
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
      // A browser opens connections ahead, which would keep the command alive for as long as it likes.
      server.closeAllConnections();
    },
  };
}

/** Undefined: the request is not the answer of Entra. */
function readRedirect(request: IncomingMessage, state: string): AuthorizationCodeOutcome | undefined {
  const url = URL.parse(request.url ?? '', 'http://localhost');
  if (request.method !== 'GET' || url?.pathname !== '/') return undefined;
  const [given, code] = [url.searchParams.get('state') ?? '', url.searchParams.get('code') ?? ''];
  const [ofGiven, ofState] = [Buffer.from(given), Buffer.from(state)];
  if (ofGiven.length !== ofState.length || !timingSafeEqual(ofGiven, ofState)) return undefined;
  return code === '' ? readRefusal(url.searchParams) : { kind: 'code', code: new Secret(code) };
}

/** https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#error-response */
function readRefusal(query: URLSearchParams): AuthorizationCodeOutcome {
  const error = /^[a-z_]{1,40}$/.exec(query.get('error') ?? '')?.[0];
  if (error === 'access_denied') return { kind: 'declined' };
  return { kind: 'refused', error, entraCode: /^AADSTS\d{4,8}(?!\d)/.exec(query.get('error_description') ?? '')?.[0] };
}

function sendPage(response: ServerResponse, status: number, says: string): void {
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

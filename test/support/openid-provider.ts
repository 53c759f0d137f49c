import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { answerAuthorize } from './openid-provider-authorize.ts';
import { playProviderFault, type ProviderFault } from './openid-provider-fault.ts';
import type { CustomerTenant, ProviderState, RegisteredApp, TokenRequest } from './openid-provider-state.ts';
import { answerToken } from './openid-provider-token.ts';
import { sendJson } from './send-json.ts';

export type { CustomerTenant, ProviderFault, RegisteredApp, TokenRequest };

export type OpenIdProvider = {
  /** The address that msal is given; `fetch` takes it to this machine. */
  readonly authority: string;
  readonly fetch: typeof globalThis.fetch;
  /** Where it really listens. */
  readonly url: string;
  /** What the token endpoint has answered by itself, in order. */
  readonly asked: readonly TokenRequest[];
  /** How many token requests have arrived, those that met a fault included. */
  readonly arrivals: number;
  /** Everything else that was asked for, as method and path. */
  readonly lookedUp: readonly string[];
  /** Every token, code and secret that ever went over the wire. */
  readonly secrets: readonly string[];
  /** The last refresh token given out. */
  refreshToken(): string;
  /** How the next sign-ins are made; MFA unless said otherwise. */
  signInWith(amr: readonly string[]): void;
  /** How long tokens are good from now on, in seconds. */
  giveFor(seconds: { readonly access?: number; readonly refresh?: number }): void;
  /** All refresh tokens so far are good for nothing. */
  revoke(): void;
  /** What goes wrong at the token endpoint from now on; undefined mends it. */
  break(fault: ProviderFault | undefined): void;
  /** How the tenant of a customer answers from now on; at one that was not named, no one has consented. */
  customer(tenantId: string, answers: CustomerTenant): void;
  /** The tenant of an access token for Microsoft Graph; undefined for any other text. */
  tenantOf(accessToken: string): string | undefined;
  /** Lets go what is held, and holds no more. */
  proceed(): void;
  /** Resolves when so many token requests in all have arrived. */
  arrived(count: number): Promise<void>;
  /** Does what a person in a browser does with the address; resolves with where they are sent back to. */
  browse(address: string, person?: 'consents' | 'declines'): Promise<string>;
  close(): Promise<void>;
};

/**
 * An OpenID provider in the manner of Microsoft Entra, over loopback HTTP: metadata, keys, sign-in with PKCE, and tokens.
 * It is as strict: client, secret or assertion, redirect address, code, verifier and scope all have to be right.
 */
export async function startOpenIdProvider(
  app: RegisteredApp,
  authority = 'https://login.microsoftonline.com',
): Promise<OpenIdProvider> {
  const state: ProviderState = {
    app,
    authority,
    signing: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
    account: { objectId: randomUUID(), name: 'locksmith@partner.example' },
    codes: new Map(),
    refreshTokens: [],
    revoked: new Set(),
    issued: [],
    asked: [],
    customers: new Map(),
    tenantOfToken: new Map(),
    amr: ['pwd', 'mfa'],
    accessSeconds: 3600,
    refreshSeconds: undefined,
  };
  const lookedUp: string[] = [];
  let arrivals = 0;
  let waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  let fault: ProviderFault | undefined;
  let held: (() => void)[] = [];

  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The provider has no port.');
  const url = `http://127.0.0.1:${String(address.port)}`;
  const fetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(send(input), init);
  const proceed = (): void => {
    fault = undefined;
    for (const release of held) release();
    held = [];
  };

  return {
    authority,
    fetch,
    url,
    asked: state.asked,
    get arrivals() {
      return arrivals;
    },
    lookedUp,
    secrets: state.issued,
    refreshToken: () => state.refreshTokens.at(-1) ?? '',
    signInWith(amr) {
      state.amr = amr;
    },
    giveFor({ access = state.accessSeconds, refresh }) {
      state.accessSeconds = access;
      state.refreshSeconds = refresh;
    },
    revoke() {
      for (const token of state.refreshTokens) state.revoked.add(token);
    },
    break(next) {
      fault = next;
    },
    customer(customerId, answers) {
      state.customers.set(customerId.toLowerCase(), answers);
    },
    tenantOf: (accessToken) => state.tenantOfToken.get(accessToken),
    proceed,
    arrived(count) {
      if (arrivals >= count) return Promise.resolve();
      return new Promise((resolve) => {
        waiting.push({ count, resolve });
      });
    },
    async browse(where, person = 'consents') {
      const response = await fetch(`${where}${person === 'declines' ? '&person=declines' : ''}`, {
        redirect: 'manual',
      });
      const location = response.headers.get('location');
      if (response.status !== 302 || location === null) throw new Error(`refused: ${await response.text()}`);
      return location;
    },
    async close() {
      proceed();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };

  /** An address of the authority becomes one of this machine; all others stay. */
  function send(input: Parameters<typeof globalThis.fetch>[0]): string | URL | Request {
    const text = input instanceof Request ? input.url : String(input);
    return text.startsWith(`${authority}/`) ? url + text.slice(authority.length) : input;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = new URL(request.url ?? '/', authority);
    const id = /^\/([\da-f-]{36})\//i.exec(asked.pathname)?.[1] ?? app.tenantId;
    const tenant = `/${id}`;
    if (asked.pathname === `${tenant}/oauth2/v2.0/token` && request.method === 'POST') {
      arrivals += 1;
      waiting = waiting.filter(({ count, resolve }) => {
        if (arrivals >= count) resolve();
        return arrivals < count;
      });
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(Buffer.from(chunk));
      if (fault?.kind === 'holds') {
        await new Promise<void>((resolve) => {
          held.push(resolve);
        });
      } else if (fault !== undefined) {
        playProviderFault(fault, response, `${url}/elsewhere`);
        return;
      }
      const { status, body } = answerToken(
        state,
        request.headers,
        Buffer.concat(chunks).toString('utf8'),
        id.toLowerCase(),
      );
      sendJson(response, status, body);
      return;
    }
    lookedUp.push(`${request.method ?? ''} ${asked.pathname}`);
    if (request.method !== 'GET') sendJson(response, 405, {});
    else if (asked.pathname === `${tenant}/oauth2/v2.0/authorize`) answerAuthorize(state, asked.searchParams, response);
    else if (asked.pathname === `${tenant}/v2.0/.well-known/openid-configuration`)
      sendJson(response, 200, metadata(id));
    else sendJson(response, 404, { error: 'not_found' });
  }

  function metadata(id: string): Record<string, string> {
    const endpoint = `${authority}/${id}/oauth2/v2.0`;
    return {
      issuer: `${authority}/${id}/v2.0`,
      authorization_endpoint: `${endpoint}/authorize`,
      token_endpoint: `${endpoint}/token`,
      end_session_endpoint: `${endpoint}/logout`,
      jwks_uri: `${authority}/${id}/discovery/v2.0/keys`,
    };
  }
}

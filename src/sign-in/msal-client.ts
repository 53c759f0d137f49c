import {
  ConfidentialClientApplication,
  type INetworkModule,
  type NetworkRequestOptions,
  type NetworkResponse,
  type NodeAuthOptions,
} from '@azure/msal-node';
import { z } from 'zod';
import type { Clock } from '../base/index.ts';
import type { EntraApp } from './entra-app.ts';

/** What every request to Microsoft Entra is made with. */
export type SignInDependencies = {
  readonly app: EntraApp;
  /** `https://login.microsoftonline.com`. No token or secret goes anywhere else. */
  readonly authority: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
};

export type MsalClient = {
  readonly msal: ConfidentialClientApplication;
  readonly lifetimes: SignInNetwork['lifetimes'];
};

/**
 * msal with an empty cache of its own, for one purpose: nothing that it remembers outlives it. It never writes a log,
 * and gives up when `signal` does.
 */
export function createMsalClient(
  { app, authority, fetch, clock }: SignInDependencies,
  signal: AbortSignal,
): MsalClient {
  const { origin, host } = new URL(authority);
  const { network, lifetimes } = createSignInNetwork({ origin, fetch, clock, signal });
  const msal = new ConfidentialClientApplication({
    auth: {
      clientId: app.clientId,
      authority: `${origin}/${app.tenantId}`,
      // Without this msal asks Microsoft's global address whether it may trust the authority it was given.
      knownAuthorities: [host],
      ...credentialOf(app.credential),
    },
    system: { networkClient: network, disableInternalRetries: true },
  });
  return { msal, lifetimes };
}

function credentialOf(credential: EntraApp['credential']): Pick<NodeAuthOptions, 'clientSecret' | 'clientCertificate'> {
  switch (credential.kind) {
    case 'secret':
      return credential.secret.reveal((clientSecret) => ({ clientSecret }));
    case 'certificate': {
      const { privateKey, thumbprintSha256, chain } = credential.certificate;
      return privateKey.reveal((key) => ({
        clientCertificate: { thumbprintSha256, privateKey: key, x5c: chain },
      }));
    }
  }
}

/** How long what the last token answer brought is good for, counted from when it was asked for. Milliseconds. */
type Lifetimes = {
  readonly askedAt: number;
  readonly accessToken: number;
  /** Undefined where Entra does not say it, as it mostly does not. */
  readonly refreshToken: number | undefined;
};

type SignInNetwork = {
  readonly network: INetworkModule;
  /** Those of the last token answer, where it was a success. */
  readonly lifetimes: () => Lifetimes | undefined;
};

const askMilliseconds = 10_000;
const longestAnswer = 1024 * 1024;

/** Seconds; Entra's older endpoints write numbers as strings. */
const seconds = z.coerce.number().int().nonnegative();
const tokenAnswer = z.looseObject({
  access_token: z.string().min(1),
  expires_in: seconds,
  refresh_token_expires_in: seconds.optional(),
});
const refusal = z.looseObject({ error: z.string().min(1) });
const anything = z.looseObject({});

/**
 * The HTTP of msal: nothing but one origin, no redirect, ten seconds for a request, a megabyte for an answer, all within
 * `signal`. A refusal has to be Entra's own; 429 and 5xx are thrown, so that msal says `network_error`.
 */
export function createSignInNetwork({
  origin,
  fetch,
  clock,
  signal,
}: {
  readonly origin: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}): SignInNetwork {
  let last: Lifetimes | undefined;
  return {
    lifetimes: () => last,
    network: {
      sendGetRequestAsync: (url, options) => send('GET', url, options),
      sendPostRequestAsync: (url, options) => send('POST', url, options),
    },
  };

  async function send<Body>(
    method: 'GET' | 'POST',
    url: string,
    options: NetworkRequestOptions = {},
  ): Promise<NetworkResponse<Body>> {
    if (new URL(url).origin !== origin) throw new Error('another host than the sign-in authority was asked for');
    const askedAt = clock.now();
    const late = new AbortController();
    const cancel = clock.after(askMilliseconds, () => {
      late.abort();
    });
    try {
      const response = await fetch(url, {
        method,
        headers: options.headers ?? {},
        ...(method === 'POST' && { body: options.body ?? '' }),
        redirect: 'error',
        signal: AbortSignal.any([signal, late.signal]),
      });
      const { status } = response;
      const body: unknown = JSON.parse(await readLimitedText(response, longestAnswer));
      if (status === 408 || status === 429 || status >= 500) throw new Error('the sign-in service is busy');
      if (method === 'POST') last = readLifetimes(response.ok, body, askedAt);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- msal reads the body itself; its interface wants its own type
      return { headers: Object.fromEntries(response.headers), body: anything.parse(body) as Body, status };
    } finally {
      cancel();
    }
  }
}

/** Throws for what is neither tokens nor a refusal: something in between has answered. */
function readLifetimes(ok: boolean, body: unknown, askedAt: number): Lifetimes | undefined {
  if (!ok) {
    refusal.parse(body);
    return undefined;
  }
  const { expires_in: access, refresh_token_expires_in: refresh } = tokenAnswer.parse(body);
  return { askedAt, accessToken: access * 1000, refreshToken: refresh === undefined ? undefined : refresh * 1000 };
}

/** The text of an answer; throws where it is longer than so many bytes, before the rest of it is read. */
export async function readLimitedText(response: Response, most: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > most) throw new Error('the answer is too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** The most that one sign-in without a person may take, all its requests together. It is shorter than a lease. */
const mostMilliseconds = 20_000;

/** A signal that fires when the time for one sign-in is over; `done` takes that back. */
export function startTimeLimit(clock: Clock): { readonly signal: AbortSignal; readonly done: () => void } {
  const limit = new AbortController();
  const done = clock.after(mostMilliseconds, () => {
    limit.abort();
  });
  return { signal: limit.signal, done };
}
